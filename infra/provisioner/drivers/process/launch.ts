/** Starts the one process of a stack and keeps the end of what it writes. Knows nothing of what it is for. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { connect } from "node:net";
import type { Readable } from "node:stream";
import type { ProcessWorkload } from "../../../../core/shadow/stack/spec.ts";
import { freePort } from "./free-port.ts";
import { type Label, labelVariable } from "./label.ts";

/** Of both outputs together; the report shows no more. */
const KEPT_LOG_CHARS = 20_000;

/** A listening process accepts at once; one that hangs is asked again. */
const CONNECT_LIMIT_MS = 1_000;

/** What a command gets of our environment: the provisioner's own secrets are none of its business. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "SystemRoot"];

export interface LaunchedProcess {
  /** Also its process group; null: it could not be started at all. */
  readonly pid: number | null;
  readonly port: number;
  /** What runs, as a person would name it. */
  readonly program: string;
  readonly label: Label;
  /** What it was started from; another key means that it has to be started anew. */
  readonly key: string;
  /** How it ended, in words; null while it runs. */
  readonly ended: () => string | null;
  /** The last of what it wrote. */
  readonly log: () => string;
}

interface Start {
  readonly workload: ProcessWorkload;
  readonly label: Label;
  readonly key: string;
}

export async function launchProcess({ workload, label, key }: Start): Promise<LaunchedProcess> {
  const port = await freePort();
  const [program = "", ...args] = workload.command;
  const child = spawn(program, args, {
    env: {
      ...Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
      ...workload.env,
      ...labelVariable(label),
      PORT: String(port),
      SHADOW_INFRA_SHA: label.sha,
    },
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = endOf(child, program);
  return { pid: child.pid ?? null, port, program, label, key, ended, log: tailOf([child.stdout, child.stderr]) };
}

function endOf(child: ChildProcessByStdio<null, Readable, Readable>, program: string): () => string | null {
  let words: string | null = null;
  child.once("exit", (code, signal) => {
    words ??= code === null ? `It was ended by ${signal ?? "a signal"}.` : `It ended with ${code}.`;
  });
  child.once("error", (error) => {
    words ??= `${program} could not be started: ${error.message}.`;
  });
  return () => words;
}

function tailOf(streams: readonly Readable[]): () => string {
  let text = "";
  for (const stream of streams) {
    stream.setEncoding("utf8").on("data", (more: string) => {
      text = (text + more).slice(-KEPT_LOG_CHARS);
    });
  }
  return () => text;
}

/** Whether somebody accepts connections there. */
export function isAnswering(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const settle = (up: boolean) => (): void => {
      socket.destroy();
      resolve(up);
    };
    socket.setTimeout(CONNECT_LIMIT_MS, settle(false));
    socket.once("connect", settle(true)).once("error", settle(false));
  });
}
