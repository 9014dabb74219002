/** A wish to ignore a difference that was not honoured: the rules say so at the end of their sentence, the screen apart from it. */

const REFUSED = /\s*(The wish to ignore .+ was refused: .+\.)$/s;

/** The sentence without the refusal, and the refusal. */
export function withoutRefusal(reasoning: string): { readonly said: string; readonly refused: string | null } {
  const found = REFUSED.exec(reasoning);
  return found === null
    ? { said: reasoning, refused: null }
    : { said: reasoning.slice(0, found.index), refused: found[1] ?? null };
}
