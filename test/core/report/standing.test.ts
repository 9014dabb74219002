import { describe, expect, test } from "vitest";
import { type Decisions, entriesOf, NO_DECISIONS, standingOf } from "../../../core/report/standing.ts";
import type { Decision } from "../../../core/verdict/decision.ts";
import type { SignatureEntry } from "../../../core/verdict/effective.ts";
import type { Severity, Verdict } from "../../../core/verdict/severity.ts";

const AMBIGUOUS: SignatureEntry = ["a", "Warning", "Safe", "Critical"];
const PROVEN: SignatureEntry = ["p", "Critical", "Critical", "Critical"];
const UNLESS_EXPLAINED: SignatureEntry = ["u", "Critical", "Warning", "Critical"];

function group(verdict: Verdict, ...entries: readonly SignatureEntry[]) {
  return { verdict, signatures: JSON.stringify(entries) };
}

function said(signature: string, verdict: Severity, decidedBy: Decision["decidedBy"] = "model"): Decisions {
  return {
    ...NO_DECISIONS,
    decided: new Map([[signature, { verdict, decidedBy, modelVersion: null, reasoning: "why" }]]),
  };
}

function asked(...signatures: readonly string[]): Decisions {
  return { ...NO_DECISIONS, open: new Set(signatures) };
}

describe("a pair stands", () => {
  test("where its rules put it while nobody said anything", () => {
    const standing = standingOf(group("Critical", AMBIGUOUS, PROVEN), NO_DECISIONS);
    expect(standing).toEqual({ verdict: "Critical", decidedBy: "rule", signature: "p" });
  });

  test("where a model puts its only finding", () => {
    const standing = standingOf(group("Warning", AMBIGUOUS), said("a", "Safe"));
    expect(standing).toEqual({ verdict: "Safe", decidedBy: "model", signature: "a" });
  });

  test("no lower than a rule proved, whatever a model says; a person may say anything", () => {
    expect(standingOf(group("Critical", PROVEN), said("p", "Safe")).verdict).toBe("Critical");
    expect(standingOf(group("Critical", PROVEN), said("p", "Safe", "person")).verdict).toBe("Safe");
  });

  test("by its worst finding when others were lowered", () => {
    const standing = standingOf(group("Critical", UNLESS_EXPLAINED, AMBIGUOUS), said("u", "Warning"));
    expect(standing).toEqual({ verdict: "Warning", decidedBy: "model", signature: "u" });
  });
});

describe("an open question", () => {
  test("makes an ambiguous finding Undecided, not a Warning and not Safe", () => {
    expect(standingOf(group("Warning", AMBIGUOUS), asked("a")).verdict).toBe("Undecided");
  });

  test("does not hide what rules call Critical", () => {
    expect(standingOf(group("Critical", UNLESS_EXPLAINED), asked("u")).verdict).toBe("Critical");
    expect(standingOf(group("Critical", PROVEN, AMBIGUOUS), asked("a", "p")).verdict).toBe("Critical");
  });

  test("is none for a finding that nobody can move", () => {
    expect(standingOf(group("Warning", ["w", "Warning", "Warning", "Warning"]), asked("w")).verdict).toBe("Warning");
  });
});

describe("a pair that was stored as Undecided", () => {
  test("stays it, whatever is said of its findings", () => {
    expect(standingOf(group("Undecided"), NO_DECISIONS).verdict).toBe("Undecided");
    expect(standingOf(group("Undecided", AMBIGUOUS), said("a", "Safe", "person")).verdict).toBe("Undecided");
  });
});

test("text that is no list of findings leaves the stored verdict", () => {
  for (const signatures of ["", "{", "null", "[1]", '[["a"]]']) {
    expect(entriesOf(signatures)).toEqual([]);
    expect(standingOf({ signatures, verdict: "Warning" }, NO_DECISIONS).verdict).toBe("Warning");
  }
});

describe("a finding that second answers explain later", () => {
  const explained = { ...NO_DECISIONS, explained: new Map([["a", "two answers of the same code differ here"]]) };

  test("makes its pair Safe, and leaves the other findings as they are", () => {
    expect(standingOf(group("Warning", AMBIGUOUS), explained).verdict).toBe("Safe");
    expect(standingOf(group("Critical", AMBIGUOUS, PROVEN), explained).verdict).toBe("Critical");
  });

  test("counts all the same when a person said so", () => {
    const both = { ...explained, decided: said("a", "Critical", "person").decided };
    expect(standingOf(group("Warning", AMBIGUOUS), both).verdict).toBe("Critical");
  });
});
