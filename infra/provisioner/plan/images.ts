/** The image of every service of a stack: the commit's own for what is built, the compose file's for the rest, none from elsewhere. */
import type { ComposeService } from "../../../core/shadow/compose/project.ts";
import type { CommitAt } from "../github/github.ts";
import type { AwaitImage } from "../images/await.ts";
import { type ImageReference, imageName, imageText, isAllowedImage, readImage } from "../images/reference.ts";
import { fillTemplate, type TemplateReason } from "../images/template.ts";
import { found, refused, type Step, waiting } from "./step.ts";

export interface ImagesQuestion {
  readonly services: readonly ComposeService[];
  /** By service, as the configuration says it. */
  readonly templates: Readonly<Record<string, string>>;
  readonly commit: CommitAt;
  readonly pr: number | null;
  /** Where images may come from: all of the operator's, of which this repository's are a part. */
  readonly registries: readonly string[];
  readonly check: string | null;
  readonly waitedMs: number;
  /** Images that a stack of this commit runs already, by service. */
  readonly running: () => Promise<Readonly<Record<string, string>>>;
}

interface Named {
  readonly service: string;
  readonly image: ImageReference;
  /** Made for this commit: it has to be waited for. */
  readonly own: boolean;
}

/** All names are read before any registry is asked. */
export async function imagesOf(
  awaitImage: AwaitImage,
  question: ImagesQuestion,
): Promise<Step<Readonly<Record<string, string>>>> {
  const named: Named[] = [];
  for (const service of question.services) {
    const one = namedImage(service, question);
    if (!one.ok) return one;
    named.push(one.value);
  }
  const { commit, check, waitedMs, running } = question;
  const images = await Promise.all(
    named.map(async ({ service, image, own }): Promise<Step<readonly [string, string]>> => {
      if (!own) return found([service, imageText(image)]);
      const answer = await awaitImage({
        image,
        commit,
        check,
        waitedMs,
        runs: async () => (await running())[service] ?? null,
      });
      if (answer.kind === "there") return found([service, answer.image]);
      return answer.kind === "waiting" ? waiting("image-waiting", answer.words) : refused(answer.code, answer.words);
    }),
  );
  const stops = images.filter((image) => !image.ok);
  const stop = stops.find(({ kind }) => kind === "refused") ?? stops[0];
  if (stop !== undefined) return stop;
  return found(Object.fromEntries(images.flatMap((image) => (image.ok ? [image.value] : []))));
}

function namedImage(service: ComposeService, question: ImagesQuestion): Step<Named> {
  const text = textOf(service, question);
  if (!text.ok) return text;
  const read = readImage(text.value);
  if (!read.ok)
    return refused(
      "image-name",
      `The service "${service.name}" has the image ${quoted(text.value)}, which is no image's name.`,
    );
  if (!isAllowedImage(read.value, question.registries))
    return refused(
      "image-not-allowed",
      `The service "${service.name}" has the image ${imageName(read.value)}. Images may come from ${question.registries.join(", ") || "nowhere yet"}; the operator of Shadow Infra lists more.`,
    );
  const own = service.built || Object.hasOwn(question.templates, service.name);
  return found({ service: service.name, image: read.value, own });
}

function textOf({ name, image, built }: ComposeService, { templates, commit, pr }: ImagesQuestion): Step<string> {
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
  if (template === undefined && built) return templateMissing(name);
  if (template === undefined)
    return image === null
      ? refused("image-name", `The service "${name}" has neither an image nor a build.`)
      : found(image);
  const filled = fillTemplate(template, { sha: commit.sha, pr, service: name });
  return filled.ok ? found(filled.value) : refused("image-template", templateWords(filled.reason, name, filled.detail));
}

function templateMissing(name: string): Step<string> {
  return refused(
    "image-template-missing",
    `The service "${name}" is built from source, and nothing says where its image is. Let the pipeline push one for every commit, and name it in .shadow-infra.yml: images: { ${name}: "registry.example/acme/${name}:{sha}" }.`,
  );
}

function templateWords(reason: TemplateReason, name: string, detail: string | undefined): string {
  const words: Readonly<Record<TemplateReason, string>> = {
    "template-without-sha": "has neither {sha} nor {short_sha} in it, so it could be any commit's",
    "template-pr": "has {pr} in it, and this commit belongs to no pull request. Leave {pr} out",
    "template-digest": "has a digest in it, so it would be the same image for every commit. Leave it out",
    "template-unknown": `has ${detail ?? "something"} in it. Known are {sha}, {short_sha}, {pr} and {service}`,
  };
  return `images.${name} ${words[reason]}.`;
}

const MAX_QUOTED_CHARS = 100;

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, MAX_QUOTED_CHARS));
}
