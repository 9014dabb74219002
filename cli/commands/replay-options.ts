/** The flags of `shadow-infra replay`: what they are called, what they must look like, and what they become. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { HeaderLine } from "../replay/request.ts";
import { HEADER_NAME, HEADER_VALUE } from "../replay/travel.ts";
import type { JudgingOptions } from "./judging.ts";

/** As the flags were given. */
export interface ReplayOptions extends JudgingOptions {
  readonly prod: URL;
  readonly shadow: URL;
  readonly base?: URL;
  readonly pairs?: string;
  readonly rate: number;
  readonly concurrency: number;
  readonly timeout: number;
  readonly controlShare: number;
  readonly unsafeMethods?: boolean;
  readonly keepCredentials?: boolean;
  readonly host: readonly string[];
  readonly header: readonly HeaderLine[];
  readonly prodHeader: readonly HeaderLine[];
  readonly shadowHeader: readonly HeaderLine[];
  readonly baseHeader: readonly HeaderLine[];
}

/** Adds them. */
export function withReplayOptions(command: Command): Command {
  return command
    .addOption(new Option("--prod <url>", "the server whose answers count").argParser(urlOf).makeOptionMandatory())
    .addOption(new Option("--shadow <url>", "the server with the change").argParser(urlOf).makeOptionMandatory())
    .option("--base <url>", "a server without the change, beside the shadow: it is the reference then", urlOf)
    .option("--pairs <file>", "keep the pairs, without secrets, as JSON lines for compare")
    .addOption(numberOption("--rate <number>", "requests a second; 0 sets no limit", { standard: 50 }))
    .addOption(numberOption("--concurrency <number>", "requests at a time", { standard: 8, min: 1, max: 256 }))
    .addOption(
      numberOption("--timeout <seconds>", "until a server counts as silent", { standard: 10, min: 0.1, max: 600 }),
    )
    .addOption(
      numberOption("--control-share <share>", "of safe requests, asked twice to learn noise", {
        standard: 0.1,
        max: 1,
      }),
    )
    .option("--unsafe-methods", "send POST, PUT, PATCH and DELETE too: to production as well")
    .option("--keep-credentials", "send cookies and authorization as they were recorded, to all servers")
    .addOption(listOption("--host <name>", "take the requests to this host of a HAR file; may be repeated"))
    .addOption(headerOption("--header <line>", "'name: value' for all servers; may be repeated"))
    .addOption(headerOption("--prod-header <line>", "the same for production alone"))
    .addOption(headerOption("--shadow-header <line>", "the same for the shadow alone"))
    .addOption(headerOption("--base-header <line>", "the same for the base alone"));
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new InvalidArgumentError("Expected an address such as http://localhost:3000.");
  if (url.username !== "" || url.password !== "")
    throw new InvalidArgumentError("Credentials do not belong in the address: use --header 'authorization: ...'.");
  return url;
}

interface Range {
  readonly standard: number;
  readonly min?: number;
  readonly max?: number;
}

function numberOption(flags: string, description: string, { standard, min = 0, max = 100_000 }: Range): Option {
  return new Option(flags, description).default(standard).argParser((text: string) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= min && value <= max))
      throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`);
    return value;
  });
}

function listOption(flags: string, description: string): Option {
  return new Option(flags, description)
    .default([], "none")
    .argParser((text: string, before: readonly string[]) => [...before, text]);
}

function headerOption(flags: string, description: string): Option {
  return new Option(flags, description).default([], "none").argParser((text: string, before: readonly HeaderLine[]) => {
    const colon = text.indexOf(":");
    const [name, value] = [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) throw new InvalidArgumentError("Expected 'name: value'.");
    const line: HeaderLine = [name, value];
    return [...before, line];
  });
}
