/**
 * Whether the image that a commit's pipeline builds is there yet: by the registry, by the check run that pushes it, or by both.
 * An image that was seen once is run by its digest ever after, so that a moved tag changes nothing.
 */
import type { CommitAt, GitHub } from "../github/github.ts";
import { type ImageReference, imageName, imageText, readImage } from "./reference.ts";
import type { ImageStanding, Registry } from "./registry.ts";

export type AwaitedImage =
  | { readonly kind: "there"; readonly image: string }
  | { readonly kind: "waiting"; readonly words: string }
  | {
      readonly kind: "failed";
      readonly code: "image-missing" | "image-denied" | "image-build-failed";
      readonly words: string;
    };

export interface ImageQuestion {
  readonly image: ImageReference;
  readonly commit: CommitAt;
  /** The check run that pushes images; null: only the registry is asked. */
  readonly check: string | null;
  /** Milliseconds since the commit is wanted. */
  readonly waitedMs: number;
  /** What a stack of this commit runs for the service already, asked only where this image was not seen before. Null: nothing. */
  readonly runs: () => Promise<string | null>;
}

export interface ImageParts {
  readonly registry: Registry;
  readonly github: Pick<GitHub, "checkConclusion">;
  /** How long images are waited for, milliseconds. */
  readonly limitMs: number;
}

/** Rejects with `GitHubUnavailable` alone. */
export type AwaitImage = (question: ImageQuestion) => Promise<AwaitedImage>;

/** Images remembered with their digest; the oldest are forgotten and looked up anew. */
const MAX_SEEN = 2_000;

const MINUTE_MS = 60_000;

export function createAwaitImage({ registry, github, limitMs }: ImageParts): AwaitImage {
  const seen = new Map<string, string>();
  return async (question) => {
    const name = imageText(question.image);
    const known = seen.get(name);
    if (known !== undefined) return { kind: "there", image: known };
    const runs = pinnedBy(question.image, await question.runs());
    if (runs !== null) {
      remember(seen, name, runs);
      return { kind: "there", image: runs };
    }
    const standing = await registry.standing(question.image);
    if (standing.kind === "there") {
      const pinned = imageText({ ...question.image, digest: standing.digest });
      remember(seen, name, pinned);
      return { kind: "there", image: pinned };
    }
    const { check, commit } = question;
    const conclusion = check === null ? null : await github.checkConclusion(commit, check);
    if (conclusion === "failure") return buildFailed(question, name);
    // The cluster has credentials of its own: what the check pushed is there although we may not look.
    if (conclusion === "success" && standing.kind === "denied") return { kind: "there", image: name };
    return question.waitedMs >= limitMs
      ? tooLate(name, standing, limitMs)
      : waiting(question, { name, standing, limitMs });
  };
}

/** What runs counts where it is this very image by a digest: whoever starts anew does not know what was seen before. */
function pinnedBy(image: ImageReference, text: string | null): string | null {
  const running = text === null ? null : readImage(text);
  if (running?.ok !== true || running.value.digest === null || imageName(running.value) !== imageName(image))
    return null;
  return imageText({ ...image, digest: running.value.digest });
}

function remember(seen: Map<string, string>, name: string, pinned: string): void {
  const [oldest] = seen.keys();
  if (seen.size >= MAX_SEEN && oldest !== undefined) seen.delete(oldest);
  seen.set(name, pinned);
}

function buildFailed({ check, commit }: ImageQuestion, name: string): AwaitedImage {
  return {
    kind: "failed",
    code: "image-build-failed",
    words: `The check "${check}" failed for ${commit.sha.slice(0, 7)}, so ${name} will not come. Repair the build and push, or run the check again and comment "/shadow retry".`,
  };
}

function tooLate(name: string, standing: ImageStanding, limitMs: number): AwaitedImage {
  const waited = `${name} was not there after ${minutes(limitMs)}.`;
  if (standing.kind === "denied")
    return {
      kind: "failed",
      code: "image-denied",
      words: `${waited} ${standing.words} If it is there, the operator has to give credentials for this registry; then comment "/shadow retry".`,
    };
  const why = standing.kind === "unreachable" ? ` ${standing.words}` : "";
  return {
    kind: "failed",
    code: "image-missing",
    words: `${waited}${why} Let the pipeline push it under exactly this name, or correct \`images\` in .shadow-infra.yml; then comment "/shadow retry".`,
  };
}

interface Waiting {
  readonly name: string;
  readonly standing: ImageStanding;
  readonly limitMs: number;
}

function waiting({ check, waitedMs }: ImageQuestion, { name, standing, limitMs }: Waiting): AwaitedImage {
  const by = check === null ? "" : ` from the check "${check}"`;
  const why = standing.kind === "absent" || standing.kind === "there" ? "" : ` ${standing.words}`;
  const left = minutes(Math.max(limitMs - waitedMs, MINUTE_MS));
  return { kind: "waiting", words: `Waits for the image ${name}${by}, ${left} more at most.${why}` };
}

function minutes(ms: number): string {
  const count = Math.ceil(ms / MINUTE_MS);
  return count === 1 ? "1 minute" : `${count} minutes`;
}
