/** Amounts as Kubernetes writes them. */
import { expect, test } from "vitest";
import { sizeBytes } from "../../../infra/provisioner/settings/sizes.ts";

test.each([
  ["1", 1],
  ["512Mi", 536_870_912],
  ["1.5G", 1_500_000_000],
  ["2Gi", 2_147_483_648],
  ["0", null],
  ["-1Gi", null],
  ["1e9", null],
  ["2GB", null],
  ["999999999999999Ti", null],
])("%s is %s bytes", (text, bytes) => expect(sizeBytes(text)).toBe(bytes));
