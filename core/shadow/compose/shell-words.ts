/**
 * A command written as one text, split into words as docker compose splits it: quotes and backslashes, no variables, no patterns,
 * and the first unquoted `;`, `&`, `|`, `<` or `>` ends it (there is no shell to give them a meaning).
 */

export type ShellWords =
  | {
      readonly ok: true;
      readonly words: readonly string[];
      /** What stood behind the end of the command and is not part of it; "" for nothing. */
      readonly rest: string;
    }
  | { readonly ok: false };

type Quote = '"' | "'" | "`" | "(" | null;

interface State {
  readonly words: string[];
  /** Null: between two words. An empty text is a word, as in `''`. */
  word: string | null;
  quote: Quote;
  escaped: boolean;
}

/** `ok: false` where a quote or a parenthesis does not close. */
export function shellWords(line: string): ShellWords {
  const state: State = { words: [], word: null, quote: null, escaped: false };
  let rest = "";
  // Every mark that means something is one unit of the text, so characters of two are put together again as they were.
  for (let n = 0; n < line.length; n += 1) {
    const char = line.charAt(n);
    const step = take(char, state);
    if (step === "fault") return { ok: false };
    if (step === "end") {
      rest = line.slice(n);
      // `2>file`: the number belongs to the redirection.
      if (char === ">" && /^[0-9]/.test(state.word ?? "")) state.word = null;
      break;
    }
  }
  if (state.escaped || state.quote !== null) return { ok: false };
  if (state.word !== null) state.words.push(state.word);
  return { ok: true, words: state.words, rest };
}

function take(char: string, state: State): "on" | "end" | "fault" {
  if (state.escaped) {
    state.escaped = false;
    return put(char, state);
  }
  if (char === "\\" && state.quote !== "'") {
    state.escaped = true;
    return "on";
  }
  if (/[ \t\r\n]/.test(char)) {
    if (state.quote !== null) return put(char, state);
    if (state.word !== null) state.words.push(state.word);
    state.word = null;
    return "on";
  }
  return special(char, state);
}

function special(char: string, state: State): "on" | "end" | "fault" {
  const { quote } = state;
  if (char === '"' || char === "'") return quoteMark(char, state);
  if (char === "`" && (quote === null || quote === "`")) {
    state.quote = quote === null ? "`" : null;
    return put(char, state);
  }
  if ((char === "(" || char === ")") && (quote === null || quote === "(")) return parenthesis(char, state);
  if (quote === null && /[;&|<>]/.test(char)) return "end";
  return put(char, state);
}

/** Only `$(` opens, and only what is open closes. */
function parenthesis(char: "(" | ")", state: State): "on" | "fault" {
  const open = state.quote === "(";
  if (char === "(" ? open || !(state.word ?? "").endsWith("$") : !open) return "fault";
  state.quote = open ? null : "(";
  return put(char, state);
}

/** Quotes go away, but for those inside the other kind or inside `$(...)`. Between backticks they go as well. */
function quoteMark(char: '"' | "'", state: State): "on" {
  if (state.quote !== null && state.quote !== char) return put(char, state);
  state.quote = state.quote === char ? null : char;
  state.word ??= "";
  return "on";
}

function put(text: string, state: State): "on" {
  state.word = (state.word ?? "") + text;
  return "on";
}
