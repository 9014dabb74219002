/** One JSON document. Pairs come first in it and are written as they are judged, so that it needs no memory for them. */
import { judgementOf } from "../../../core/verdict/judgement.ts";
import { type Format, headline, type Report } from "../report.ts";

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
export const SCHEMA_VERSION = 1;

export function json(): Format {
  let written = 0;
  return {
    pair: async ({ judged }, write) => {
      await write(`${written === 0 ? OPENING : ",\n"}${JSON.stringify(judgementOf(judged))}`);
      written++;
    },
    end: async (report, write) => {
      if (written === 0) await write(OPENING);
      const rest = Object.entries(restOf(report)).map(([key, value]) => `"${key}": ${JSON.stringify(value, null, 1)}`);
      await write(`\n],\n${rest.join(",\n")}\n}\n`);
    },
  };
}

const OPENING = `{\n"schemaVersion": ${SCHEMA_VERSION},\n"pairs": [\n`;

function restOf(report: Report) {
  const { summary, drifts, cut } = report;
  const { judged, malformed, verdicts, routes } = summary;
  return {
    drifts,
    driftsCut: cut,
    summary: {
      headline: headline(report),
      judged,
      malformed,
      verdicts,
      routes: [...routes].map(([route, counts]) => ({ route, verdicts: counts })),
    },
  };
}
