/**
 * A pull request's page for people: links of reports lead to it. GitHub's own page needs no token where a repository is public, so
 * neither does this one. It shows what a reviewer would see of us: the commit statuses.
 */
import { html } from "hono/html";
import { type Pull, type Repository, repositoryNamed, type State, type Status } from "./state.ts";

const PULL = /^\/([\w.-]+\/[\w.-]+)\/pull\/(\d{1,9})$/;

/** HTML of the page at a path, or null where there is none. */
export async function pullPage(state: State, path: string): Promise<string | null> {
  const [, fullName = "", number = ""] = PULL.exec(path) ?? [];
  const repository = fullName === "" ? null : repositoryNamed(state, fullName);
  const pull = repository?.pulls.get(Number(number));
  if (repository === null || pull === undefined) return null;
  // hono's HTML is a String object, which a stream does not take.
  return (await pageOf(repository, pull)).toString();
}

function pageOf(repository: Repository, pull: Pull) {
  const title = `${pull.title} · ${repository.fullName} #${pull.number}`;
  const statuses = repository.statuses.filter(({ sha }) => sha === pull.headSha).toReversed();
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}code{font-size:.9em}</style></head>
<body>
<h1>${pull.title}</h1>
<p>${repository.fullName} #${pull.number}, ${stateOf(pull)}, <code>${pull.headRef}</code> into <code>${pull.baseRef}</code>,
head <code>${pull.headSha.slice(0, 7)}</code>, base <code>${pull.baseSha.slice(0, 7)}</code>.</p>
<p>This page is part of the local start, which plays GitHub on this machine.</p>
<h2>Commit statuses</h2>
${statuses.length === 0 ? html`<p>None yet.</p>` : html`<ul>${statuses.map(statusOf)}</ul>`}
</body>
</html>`;
}

function stateOf({ merged, closedAt, draft }: Pull): string {
  if (merged) return "merged";
  if (closedAt !== null) return "closed";
  return draft ? "a draft" : "open";
}

function statusOf({ state, context, description, at }: Status) {
  return html`<li><strong>${state}</strong> ${context}: ${description ?? ""} <small>${new Date(at).toISOString()}</small></li>`;
}
