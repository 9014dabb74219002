/** The rules, in the order in which they are asked: the first that fires speaks. Specific ones stand before general ones. */

import { amountChanged } from "./amount-changed.ts";
import { bodyChanged } from "./body-changed.ts";
import { bodyEmptied } from "./body-emptied.ts";
import { bodyFormatChanged } from "./body-format-changed.ts";
import { bodyUnparsable } from "./body-unparsable.ts";
import { cacheHeaderChanged } from "./cache-header-changed.ts";
import { charsetChanged } from "./charset-changed.ts";
import { contentTypeChanged } from "./content-type-changed.ts";
import { contractViolated } from "./contract-violated.ts";
import { cookieChanged } from "./cookie-changed.ts";
import { cookieFlagLost } from "./cookie-flag-lost.ts";
import { cookieLost } from "./cookie-lost.ts";
import { corsChanged } from "./cors-changed.ts";
import { corsLost } from "./cors-lost.ts";
import { currencyChanged } from "./currency-changed.ts";
import { differencesCut } from "./differences-cut.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { errorEnvelope } from "./error-envelope.ts";
import { fieldAdded } from "./field-added.ts";
import { fieldLeaked } from "./field-leaked.ts";
import { fieldRemoved } from "./field-removed.ts";
import { formFieldRemoved } from "./form-field-removed.ts";
import { headerChanged } from "./header-changed.ts";
import { headerRemoved } from "./header-removed.ts";
import { identityChanged } from "./identity-changed.ts";
import { integerPrecision } from "./integer-precision.ts";
import { itemAdded } from "./item-added.ts";
import { itemDoubled } from "./item-doubled.ts";
import { itemDropped } from "./item-dropped.ts";
import { largeIntegerChanged } from "./large-integer-changed.ts";
import { latencySlow } from "./latency-slow.ts";
import { latencyVerySlow } from "./latency-very-slow.ts";
import { leakedInternals } from "./leaked-internals.ts";
import { mojibake } from "./mojibake.ts";
import { noAnswer } from "./no-answer.ts";
import { nullFilled } from "./null-filled.ts";
import { optionalFieldMissing } from "./optional-field-missing.ts";
import { orderChanged } from "./order-changed.ts";
import { pageChanged } from "./page-changed.ts";
import { redactedChanged } from "./redacted-changed.ts";
import { redirectTargetChanged } from "./redirect-target-changed.ts";
import type { DifferenceRule, PairRule, Rule } from "./rule.ts";
import { securityHeaderChanged } from "./security-header-changed.ts";
import { statusAccessOpened } from "./status-access-opened.ts";
import { statusChanged } from "./status-changed.ts";
import { statusClientError } from "./status-client-error.ts";
import { statusImproved } from "./status-improved.ts";
import { statusRedirect } from "./status-redirect.ts";
import { statusServerError } from "./status-server-error.ts";
import { statusUnauthorized } from "./status-unauthorized.ts";
import { statusUnstable } from "./status-unstable.ts";
import { textChanged } from "./text-changed.ts";
import { typeChanged } from "./type-changed.ts";
import { typeVaries } from "./type-varies.ts";
import { valueBroken } from "./value-broken.ts";
import { valueChanged } from "./value-changed.ts";
import { valueEmptied } from "./value-emptied.ts";
import { valueNull } from "./value-null.ts";

/** Rules on a whole pair, in groups: of each group at most one speaks. */
export const PAIR_RULES: readonly (readonly PairRule[])[] = [
  [noAnswer],
  [
    statusUnstable,
    statusServerError,
    statusUnauthorized,
    statusAccessOpened,
    statusClientError,
    statusRedirect,
    statusImproved,
    statusChanged,
  ],
  [bodyEmptied],
  [errorEnvelope],
  [leakedInternals],
  [latencyVerySlow, latencySlow],
];

/** Rules on differences. Every difference meets a rule: the last of each part fires always. */
export const DIFFERENCE_RULES: readonly DifferenceRule[] = [
  differencesCut,
  bodyUnparsable,
  duplicateKey,
  bodyFormatChanged,
  valueNull,
  nullFilled,
  typeVaries,
  typeChanged,
  optionalFieldMissing,
  fieldRemoved,
  fieldLeaked,
  fieldAdded,
  formFieldRemoved,
  itemDoubled,
  itemDropped,
  itemAdded,
  orderChanged,
  mojibake,
  valueEmptied,
  valueBroken,
  integerPrecision,
  largeIntegerChanged,
  redactedChanged,
  identityChanged,
  currencyChanged,
  amountChanged,
  redirectTargetChanged,
  textChanged,
  pageChanged,
  bodyChanged,
  valueChanged,
  contentTypeChanged,
  charsetChanged,
  cookieFlagLost,
  cookieLost,
  cookieChanged,
  corsLost,
  corsChanged,
  cacheHeaderChanged,
  securityHeaderChanged,
  headerRemoved,
  headerChanged,
];

/** What the repository's OpenAPI file says; asked last (`core/openapi/check.ts`), where no other rule speaks for a place. */
export const CONTRACT_RULES: readonly Rule[] = [contractViolated];
