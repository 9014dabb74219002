/** Who does not answer at the moment, and in what words: GitHub by repository and drivers by name, so that one does not hide another. */
import { DriverUnavailable } from "../drivers/driver.ts";
import { GitHubUnavailable } from "../github/github.ts";
import { ReportUnavailable } from "../report/report.ts";

export type Party = "github" | "report" | "driver";

export interface Away {
  /** Notes it if the error says that somebody does not answer; by what was thrown, not by who threw it: the planner asks GitHub. */
  readonly note: (subject: string, error: unknown) => void;
  readonly answered: (party: Party, subject: string) => void;
  /** Of what is not asked any more, such as a repository that is not served now, nothing is said. */
  readonly keepOnly: (party: Party, subjects: ReadonlySet<string>) => void;
  readonly words: () => Readonly<Partial<Record<Party, string>>>;
}

export function createAway(): Away {
  const parties: Readonly<Record<Party, Map<string, string>>> = {
    github: new Map(),
    report: new Map(),
    driver: new Map(),
  };
  return {
    note: (subject, error) => {
      const party = partyOf(error);
      if (party !== null && error instanceof Error) parties[party].set(subject, error.message);
    },
    answered: (party, subject) => void parties[party].delete(subject),
    keepOnly: (party, subjects) => {
      for (const subject of parties[party].keys()) if (!subjects.has(subject)) parties[party].delete(subject);
    },
    words: () =>
      Object.fromEntries(
        Object.entries(parties)
          .filter(([, said]) => said.size > 0)
          .map(([party, said]) => [party, [...new Set(said.values())].join(" ")]),
      ),
  };
}

function partyOf(error: unknown): Party | null {
  if (error instanceof GitHubUnavailable) return "github";
  if (error instanceof ReportUnavailable) return "report";
  return error instanceof DriverUnavailable ? "driver" : null;
}

/** The same port, noting whether it answers. An answer that refuses is an answer. */
export function watched<T extends object>(away: Away, party: Party, port: T): T {
  const functions = new Map<string | symbol, unknown>();
  return new Proxy(port, {
    get: (target, name) => {
      const known = functions.get(name);
      if (known !== undefined) return known;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      const call = async (...given: readonly unknown[]) => {
        const subject = subjectOf(party, port, given[0]);
        try {
          const answer: unknown = await Reflect.apply(value, target, given);
          away.answered(party, subject);
          return answer;
        } catch (error) {
          away.note(subject, error);
          throw error;
        }
      };
      functions.set(name, call);
      return call;
    },
  });
}

/** A repository's full name, a driver's name, or nothing. */
function subjectOf(party: Party, port: object, first: unknown): string {
  if (party === "driver" && "name" in port) return String(port.name);
  const hasName = party === "github" && typeof first === "object" && first !== null && "fullName" in first;
  return hasName ? String(first.fullName) : "";
}
