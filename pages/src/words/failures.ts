/** Every failure a screen can meet, in words: what happened, why it matters, what to do. */
import type { ApiFailure } from "../api/failure.ts";

export interface FailureWords {
  readonly title: string;
  readonly meaning: string;
  readonly advice: string;
  /** A command or setting names to copy; one per line. */
  readonly code?: readonly string[];
}

const UNREACHABLE: FailureWords = {
  title: "The report API does not answer",
  meaning: "Nothing can be shown until it does. Mirroring and judging do not depend on it.",
  advice: "This page tries again by itself. On your own machine, check that the local start is running:",
  code: ["npm start"],
};

const UNKNOWN_FORM: FailureWords = {
  title: "The report API answered in a form this page does not know",
  meaning: "The page and the API are probably of different versions.",
  advice: "Reload the page. If that does not help, deploy the pages and the report Worker from one commit.",
};

const REFUSED: FailureWords = {
  title: "The report API refused the request",
  meaning: "It gave the reason below.",
  advice: "Reload the page, or go back to the list of deployments.",
};

/** By the API's stable code first, then by HTTP status. */
const BY_CODE: Readonly<Record<string, FailureWords>> = {
  "authentication-not-configured": {
    title: "Authentication is not configured",
    meaning: "A deployed report serves no data while anyone could read it.",
    advice:
      "Protect this site with Cloudflare Access and give the report Worker the team's domain and the audience tag:",
    code: ["ACCESS_TEAM_DOMAIN", "ACCESS_AUD"],
  },
};

const BY_STATUS: Readonly<Record<number, FailureWords>> = {
  401: {
    title: "You are not signed in",
    meaning: "The report API found no valid Cloudflare Access session.",
    advice: "Reload the page to sign in. If it stays, the Access application does not cover this address.",
  },
  403: {
    title: "You may not see this",
    meaning: "Your session is valid, but the report API refuses it.",
    advice: "Ask whoever runs this installation for access.",
  },
  404: {
    title: "There is nothing at this address",
    meaning:
      "The deployment or pair is unknown here: mistyped, from another environment, or its data has been deleted.",
    advice: "Go back to the list of deployments.",
  },
};

/** The words for a failure. */
export function failureWords({ kind, status, code }: ApiFailure): FailureWords {
  if (kind === "unreachable") return UNREACHABLE;
  if (kind === "unknown-form") return UNKNOWN_FORM;
  return BY_CODE[code] ?? BY_STATUS[status] ?? REFUSED;
}
