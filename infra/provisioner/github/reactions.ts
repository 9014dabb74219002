/** Our reactions to comments: GitHub keeps one of a kind for each of us, so repeating one changes nothing. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { askOrNull } from "./ask.ts";
import { partsOf } from "./directory.ts";
import type { GitHub } from "./github.ts";
import { about, type Parts } from "./parts.ts";

export function createReactions(parts: Parts): Pick<GitHub, "react"> {
  return {
    react: async (repository: RepositoryFacts, comment, content) => {
      const asking = await about(parts, repository, `react to comment ${comment}`);
      const place = { ...partsOf(repository.fullName), comment_id: comment, content };
      // A comment that is gone needs no answer.
      await askOrNull(asking, (client) =>
        client.request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", place),
      );
    },
  };
}
