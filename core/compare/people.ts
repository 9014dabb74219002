/**
 * Names of people and other parties, and the values that name one of them. Apart from the other names, because only what
 * belongs to somebody is an identity wherever it stands.
 */
import { isIdName, isVolatileName, leafName, outerName, wordsOf } from "./names.ts";

const PARTIES = words(
  "user users owner author account customer client tenant assignee creator member driver patient seller buyer contact sender recipient " +
    "subject employee student teacher doctor physician practitioner nurse guest passenger rider courier merchant vendor supplier payer " +
    "payee debtor creditor beneficiary holder cardholder subscriber editor publisher reporter reviewer approver manager organization " +
    "organisation org company workspace profile person kunde kunden benutzer nutzer besitzer autor verfasser auteur utilisateur cliente " +
    "usuario utente klant gebruiker kund",
);
/** What is told apart by a number: beside `number`, `no` or `ref`. */
const THINGS = words(
  "order invoice booking reservation ticket policy contract shipment parcel flight passport license licence card serial vin plate",
);
const NUMBERS = words("id ids uuid guid number no nr num ref reference code key");
const NAMES = words("name names fullname displayname firstname lastname surname family given");
/** Beside these a name of a party holds something else: `user_agent`, `account_type`. */
const OTHERS = words(
  "agent type status state role count kind group plan level settings locale language url link image avatar note",
);

/** A reference to a party or a numbered thing: `customer_id`, `owner.id`, `OrderNumber`. */
export function isPartyReference(pattern: string): boolean {
  const leaf = leafName(pattern);
  const own = wordsOf(leaf);
  if (!own.some((word) => NUMBERS.has(word)) || own.some((word) => OTHERS.has(word)) || isVolatileName(leaf))
    return false;
  if (own.some((word) => PARTIES.has(word) || THINGS.has(word))) return true;
  return isIdName(leaf) && isParty(outerName(pattern));
}

/** A place that holds a party's name or its reference itself: `author`, `owner.name`. */
export function isPartyName(pattern: string): boolean {
  const leaf = leafName(pattern);
  if (isParty(leaf)) return true;
  const own = wordsOf(leaf);
  return own.every((word) => NAMES.has(word)) && own.length > 0 && isParty(outerName(pattern));
}

/** Names of two parties that share no word: another one, not another spelling. */
export function areOtherParties(reference: string, shadow: string): boolean {
  const [left, right] = [partsOf(reference), partsOf(shadow)];
  if (left === null || right === null) return false;
  return !left.some((word) => right.includes(word));
}

/** Up to four words of letters and digits; null for what is longer, which is a text. */
function partsOf(text: string): readonly string[] | null {
  if (text.length > 60 || /[<>{}=?!;]/.test(text)) return null;
  const parts = text
    .toLowerCase()
    .split(/[\s.,'-]+/)
    .filter((word) => word.length > 1);
  return parts.length > 0 && parts.length <= 4 ? parts : null;
}

function isParty(name: string): boolean {
  const own = wordsOf(name);
  const last = own.at(-1);
  return last !== undefined && PARTIES.has(last) && !own.some((word) => OTHERS.has(word));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
