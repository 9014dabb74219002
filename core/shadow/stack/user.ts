/** Which user a service's container runs as, in numbers: names are the image's, and nobody outside can look them up. */
import type { ComposeService } from "../compose/project.ts";
import { knownImage } from "./known-images.ts";

export interface Identity {
  readonly uid: number;
  readonly gid: number | null;
}

/** Names that mean the same number in every image. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ["root", 0],
  ["nobody", 65_534],
]);

/** Linux: 32 bits, and the highest two are not for users. */
const HIGHEST_ID = 2 ** 31 - 1;

export type ReadUser = Identity | "image" | "name";

/** `image`: the file says nothing. `name`: it says a name that only the image knows, and the image is not known. */
export function userOf({ user, built }: ComposeService, image: string): ReadUser {
  if (user === null || user === "") return "image";
  const [, name = "", group] = /^([^:]*)(?::(.*))?$/s.exec(user) ?? [];
  const known = built ? null : (knownImage(image)?.user ?? null);
  if (known !== null && known.name === name) return { uid: known.uid, gid: known.gid };
  const uid = numberOf(name);
  if (uid === null) return "name";
  return { uid, gid: group === undefined ? null : numberOf(group) };
}

/** What the file says, or what is known of the public image; null: the image decides. */
export function knownUserOf(service: ComposeService, image: string): Identity | null {
  const user = userOf(service, image);
  if (user === "image") return service.built ? null : (knownImage(image)?.user ?? null);
  return user === "name" ? null : user;
}

/** Supplementary groups that are numbers. */
export function groupsOf({ groups }: ComposeService): readonly number[] {
  return groups.flatMap((group) => {
    const id = numberOf(group);
    return id === null ? [] : [id];
  });
}

function numberOf(text: string): number | null {
  const known = NAMES.get(text);
  if (known !== undefined) return known;
  return /^\d{1,10}$/.test(text) && Number(text) <= HIGHEST_ID ? Number(text) : null;
}
