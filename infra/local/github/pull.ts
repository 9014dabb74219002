/** One pull request in the hands of people: each change moves the state and tells the webhook what GitHub would tell. */
import { addCommit, bring, mergeBase } from "./commits.ts";
import { addComment, commentForm, labelForm } from "./forms/label.ts";
import { issueForm, pullForm } from "./forms/pull.ts";
import { userForm } from "./forms/user.ts";
import { around } from "./payloads.ts";
import type { Deliveries, LocalPull } from "./stand-in.ts";
import { type Comment, nextId, ownerOf, type Pull, type PullEvent, type Repository, type State } from "./state.ts";

export interface PullPlace {
  readonly state: State;
  readonly deliveries: Deliveries;
  readonly repository: Repository;
  readonly pull: Pull;
}

export function pullHandle(place: PullPlace): LocalPull {
  const { state, repository, pull } = place;
  const owner = ownerOf(repository);
  return {
    number: pull.number,
    headSha: () => pull.headSha,
    baseSha: () => repository.branches.get(pull.baseRef) ?? pull.baseSha,
    push: (files, options = {}) => {
      const before = pull.headSha;
      const under = options.force === true ? (mergeBase(state, pull.baseSha, before) ?? before) : before;
      const { sha } = addCommit(state, { parents: [under], files, by: pull.author, sha: options.sha });
      moveHead(place, sha);
      if (options.force === true) note(place, "head_ref_force_pushed", { by: pull.author });
      tell(place, "synchronize", { by: pull.author, more: { before, after: sha } });
      return sha;
    },
    close: ({ merged = false, by = owner } = {}) => {
      Object.assign(pull, { closedAt: state.now(), merged });
      note(place, "closed", { by });
      if (merged) repository.branches.set(pull.baseRef, pull.headSha);
      tell(place, "closed", { by });
    },
    reopen: (by = owner) => {
      pull.closedAt = null;
      note(place, "reopened", { by });
      tell(place, "reopened", { by });
    },
    label: (name, by = owner) => {
      if (!pull.labels.includes(name)) setLabels(place, { event: "labeled", name, by });
    },
    unlabel: (name, by = owner) => {
      if (pull.labels.includes(name)) setLabels(place, { event: "unlabeled", name, by });
    },
    ...commenting(place),
    draft: (draft) => {
      pull.draft = draft;
      note(place, draft ? "convert_to_draft" : "ready_for_review", { by: pull.author });
      tell(place, draft ? "converted_to_draft" : "ready_for_review", { by: pull.author });
    },
    edit: (change) => edit(place, change),
  };
}

/** What happens to a pull request's head wherever it comes from; the base can read it from then on. */
export function moveHead({ state, repository, pull }: PullPlace, sha: string): void {
  pull.from.branches.set(pull.headRef, sha);
  bring(state, pull.from, sha);
  bring(state, repository, sha);
  pull.headSha = sha;
  pull.baseSha = repository.branches.get(pull.baseRef) ?? pull.baseSha;
}

export function tell(
  { state, deliveries, repository, pull }: PullPlace,
  action: string,
  { by, more = {} }: { readonly by: string; readonly more?: object },
): void {
  pull.updatedAt = state.now();
  deliveries.make("pull_request", {
    action,
    number: pull.number,
    pull_request: pullForm(state, repository, pull),
    ...more,
    ...around(state, repository, by),
  });
}

function note(
  { state, pull }: PullPlace,
  event: PullEvent["event"],
  { by, label = null }: { readonly by: string; readonly label?: string | null },
): void {
  pull.events.push({ id: nextId(state), event, label, by, at: state.now() });
}

interface Labelling {
  readonly event: "labeled" | "unlabeled";
  readonly name: string;
  readonly by: string;
}

export function setLabels(place: PullPlace, { event, name, by }: Labelling): void {
  const { state, repository, pull } = place;
  pull.labels = event === "labeled" ? [...pull.labels, name] : pull.labels.filter((one) => one !== name);
  note(place, event, { by, label: name });
  tell(place, event, { by, more: { label: labelForm(state, repository, name) } });
}

function commenting(place: PullPlace): Pick<LocalPull, "comment" | "editComment" | "deleteComment"> {
  const { state, repository, pull } = place;
  const indexOf = (id: number) => {
    const index = pull.comments.findIndex((one) => one.id === id);
    if (index === -1) throw new Error(`There is no comment ${id} on pull request ${pull.number}.`);
    return index;
  };
  return {
    comment: (body, by = ownerOf(repository)) => {
      const comment = addComment(state, pull, { by, body });
      tellComment(place, "created", { comment });
      return comment.id;
    },
    editComment: (id, body) => {
      const comment = pull.comments[indexOf(id)];
      if (comment === undefined) return;
      const from = comment.body;
      Object.assign(comment, { body, updatedAt: state.now() });
      tellComment(place, "edited", { comment, changes: { body: { from } } });
    },
    deleteComment: (id) => {
      for (const comment of pull.comments.splice(indexOf(id), 1)) tellComment(place, "deleted", { comment });
    },
  };
}

function tellComment(
  { state, deliveries, repository, pull }: PullPlace,
  action: string,
  { comment, changes }: { readonly comment: Comment; readonly changes?: object },
): void {
  pull.updatedAt = state.now();
  deliveries.make("issue_comment", {
    action,
    ...(changes === undefined ? {} : { changes }),
    issue: issueForm(state, repository, pull),
    comment: commentForm(state, { repository, pull }, comment),
    ...around(state, repository, comment.by),
  });
}

function edit(place: PullPlace, { title, base }: { readonly title?: string; readonly base?: string }): void {
  const { state, repository, pull } = place;
  const changes = {
    ...(title === undefined ? {} : { title: { from: pull.title } }),
    ...(base === undefined ? {} : { base: { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } } }),
  };
  pull.title = title ?? pull.title;
  if (base !== undefined) {
    pull.baseRef = base;
    pull.baseSha = repository.branches.get(base) ?? pull.baseSha;
  }
  tell(place, "edited", { by: pull.author, more: { changes, sender: userForm(state, pull.author) } });
}
