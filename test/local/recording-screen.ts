/** A screen for tests of what speaks to people: plain text, kept instead of shown. */
import { createColors } from "picocolors";
import type { Screen } from "../../infra/local/screen.ts";

export interface RecordingScreen extends Screen {
  readonly said: string[];
  readonly lived: string[];
}

export function recordingScreen(): RecordingScreen {
  const said: string[] = [];
  const lived: string[] = [];
  return {
    colors: createColors(false),
    said,
    lived,
    say: (line) => void said.push(line),
    live: (line) => void lived.push(line),
    print: (text) => void said.push(text),
  };
}
