/** Names that a stack's texts use as the name of a host: `//db`, `@db`, `db:5432`, or a variable such as DB_HOST that is nothing else. */
import type { ComposeService } from "../compose/project.ts";

const IN_ADDRESS = /(?:\/\/|@)([\w.-]{1,253})/g;
const WITH_PORT = /(?<![\w.-])([\w.-]{1,253}):\d{2,5}(?![\d.])/g;
const HOST_VARIABLE = /HOST|ADDR|SERVER|URL|ENDPOINT|UPSTREAM/i;

/** In lower case. */
export function hostMentions(services: readonly ComposeService[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { environment, command, entrypoint } of services) {
    for (const [name, value] of Object.entries(environment))
      if (HOST_VARIABLE.test(name) && /^[\w.-]{1,253}$/.test(value)) found.add(value.toLowerCase());
    const texts = [...Object.values(environment), ...(command ?? []), ...(entrypoint ?? [])];
    for (const name of texts.flatMap(hostsIn)) found.add(name);
  }
  return found;
}

function hostsIn(text: string): readonly string[] {
  return [IN_ADDRESS, WITH_PORT].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([, name = ""]) => name.toLowerCase()),
  );
}
