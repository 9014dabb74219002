/** A JUnit document of suites and their cases. Apart from the formats of each command, because all of them count and escape alike. */
import XMLBuilder from "fast-xml-builder";

export interface JunitCase {
  readonly "@name": string;
  readonly "@classname": string;
  readonly failure?: JunitProblem;
  readonly error?: JunitProblem;
  readonly skipped?: JunitProblem;
  readonly "system-out"?: string;
}

interface JunitProblem {
  readonly "@message": string;
  readonly "#text"?: string;
}

export interface JunitSuite {
  readonly "@name": string;
  /** When it ran, as ISO 8601. */
  readonly "@timestamp"?: string;
  readonly "@tests": number;
  readonly "@failures": number;
  readonly "@errors": number;
  readonly "@skipped": number;
  readonly testcase: readonly JunitCase[];
}

/** Counts the cases. */
export function junitSuite(name: string, testcase: readonly JunitCase[], timestamp?: string): JunitSuite {
  return {
    "@name": allowedInXml(name),
    ...(timestamp === undefined ? {} : { "@timestamp": timestamp }),
    "@tests": testcase.length,
    "@failures": testcase.filter(({ failure }) => failure !== undefined).length,
    "@errors": testcase.filter(({ error }) => error !== undefined).length,
    "@skipped": testcase.filter(({ skipped }) => skipped !== undefined).length,
    testcase,
  };
}

const BUILDER = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true, indentBy: " " });

/** Ends with a line break. The whole has no `skipped`: the schema of Jenkins (xunit-plugin, junit-10.xsd) knows it of suites alone. */
export function junitDocument(name: string, suites: readonly JunitSuite[]): string {
  const sum = (key: "@tests" | "@failures" | "@errors"): number =>
    suites.reduce((total, suite) => total + suite[key], 0);
  const root = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: {
      "@name": allowedInXml(name),
      "@tests": sum("@tests"),
      "@failures": sum("@failures"),
      "@errors": sum("@errors"),
      testsuite: suites,
    },
  };
  return `${BUILDER.build(root).trimEnd()}\n`;
}

/** Only characters that XML 1.0 allows (section 2.2); the builder escapes the rest. */
export function allowedInXml(text: string): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
