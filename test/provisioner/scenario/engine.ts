/**
 * The container engine under the cluster at hand (DOCKER_HOST): images are pushed from it to a registry of the test, so that they have the
 * digest they are run by, and its list of containers is the last word on what is left of a stack.
 */
import { request } from "node:http";

const SOCKET = /^unix:\/\/(\/.+)$/;

/** Null: DOCKER_HOST names no engine of this machine. */
export function engineSocket(): string | null {
  return SOCKET.exec(process.env.DOCKER_HOST ?? "")?.[1] ?? null;
}

/** Gives an image a name at a registry and pushes it there. */
export async function pushImage(image: string, repository: string, tag: string): Promise<void> {
  await engineCall("POST", `/images/${image}/tag?${new URLSearchParams({ repo: repository, tag }).toString()}`);
  const told = await engineCall("POST", `/images/${repository}/push?${new URLSearchParams({ tag }).toString()}`);
  // A push that fails says so in its last line, under a status that says it went well.
  if (told.includes('"error"')) throw new Error(`${repository}:${tag} was not pushed: ${told.slice(-500)}`);
}

/** Takes the name away; the image stays under its others. */
export async function forgetImage(repository: string, tag: string): Promise<void> {
  await engineCall("DELETE", `/images/${repository}:${tag}?noprune=1`).catch(() => undefined);
}

/** Names of containers, ended ones too, that have `part` in them. */
export async function containersWith(part: string): Promise<readonly string[]> {
  // The engine's own form.
  const containers = JSON.parse(await engineCall("GET", "/containers/json?all=1")) as {
    readonly Names: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
  }[];
  return containers
    .filter(({ Names, Labels }) => [...Names, ...Object.values(Labels)].some((text) => text.includes(part)))
    .map(({ Names }) => Names[0] ?? "");
}

export async function engineCall(method: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // Nobody has to sign in at a registry on this machine.
    const headers = { "x-registry-auth": Buffer.from("{}").toString("base64") };
    const asked = request({ socketPath: engineSocket() ?? "", method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        const text = Buffer.concat(chunks).toString();
        if ((answer.statusCode ?? 500) < 400) resolve(text);
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
      });
    });
    asked.once("error", reject);
    asked.end();
  });
}
