/** Two JSON trees as rows: equal parts beside each other, every difference on a line of its own. */
import type { Json, JsonList, JsonObject } from "./json-tree.ts";
import { listPairs, reordered } from "./list-pairs.ts";
import type { Mark, Row } from "./row.ts";

/** Where a value stands. `label` is the key with its colon, empty in lists. */
interface Place {
  readonly label: string;
  readonly depth: number;
  readonly path: string;
}

/** The rows of two bodies; the root's path is `$`. */
export function jsonRows(left: Json, right: Json): readonly Row[] {
  return both(left, right, { label: "", depth: 0, path: "$" });
}

function both(left: Json, right: Json, place: Place): readonly Row[] {
  if (left.type === "object" && right.type === "object") return objects(left, right, place);
  if (left.type === "array" && right.type === "array") return lists(left, right, place);
  if ("source" in left && "source" in right) {
    const mark = left.type !== right.type ? "type" : left.meaning === right.meaning ? "same" : "changed";
    return [{ mark, ...base(place), left: place.label + left.source, right: place.label + right.source }];
  }
  return besides(oneSided(left, place, "missing"), oneSided(right, place, "extra"));
}

function objects(left: JsonObject, right: JsonObject, place: Place): readonly Row[] {
  const rest = [...right.entries];
  const inside = left.entries.flatMap(([key, value]) => {
    const at = rest.findIndex(([other]) => other === key);
    const found = at < 0 ? undefined : rest.splice(at, 1)[0];
    const member = memberPlace(place, key);
    return found === undefined ? oneSided(value, member, "missing") : both(value, found[1], member);
  });
  const extra = rest.flatMap(([key, value]) => oneSided(value, memberPlace(place, key), "extra"));
  return framed("{}", { ...place, mark: "same" }, [...inside, ...extra]);
}

function lists(left: JsonList, right: JsonList, place: Place): readonly Row[] {
  const pairs = listPairs(left.items, right.items);
  const inside = pairs.flatMap((pair) => {
    const l = pair.left === null ? undefined : left.items[pair.left];
    const r = pair.right === null ? undefined : right.items[pair.right];
    const item = { label: "", depth: place.depth + 1, path: `${place.path}[${pair.left ?? pair.right}]` };
    if (l !== undefined && r !== undefined) return both(l, r, item);
    if (l !== undefined) return oneSided(l, item, "missing");
    return r === undefined ? [] : oneSided(r, item, "extra");
  });
  return framed("[]", { ...place, mark: reordered(pairs) ? "order" : "same" }, inside);
}

interface Heading extends Place {
  readonly mark: Mark;
}

/** Opening line, members, closing line; an empty one on a single line. */
function framed(brackets: "{}" | "[]", { mark, ...place }: Heading, inside: readonly Row[]): readonly Row[] {
  const [open, close] = brackets;
  const line = (text: string, how: Mark): Row => ({ mark: how, ...base(place), left: text, right: text });
  if (inside.length === 0) return [line(place.label + brackets, mark)];
  return [line(`${place.label}${open}`, mark), ...inside, line(`${close}`, "same")];
}

/** All lines of a value that only one side has. */
function oneSided(value: Json, place: Place, mark: "missing" | "extra"): readonly Row[] {
  return lines(value, place).map(({ text, ...at }) => ({
    mark,
    ...at,
    left: mark === "missing" ? text : null,
    right: mark === "extra" ? text : null,
  }));
}

interface Line extends Pick<Row, "depth" | "path"> {
  readonly text: string;
}

function lines(value: Json, place: Place): readonly Line[] {
  const at = base(place);
  if ("source" in value) return [{ ...at, text: place.label + value.source }];
  const members =
    value.type === "object"
      ? value.entries.flatMap(([key, member]) => lines(member, memberPlace(place, key)))
      : value.items.flatMap((item, nth) =>
          lines(item, { label: "", depth: place.depth + 1, path: `${place.path}[${nth}]` }),
        );
  const [open, close] = value.type === "object" ? "{}" : "[]";
  if (members.length === 0) return [{ ...at, text: `${place.label}${open}${close}` }];
  return [{ ...at, text: `${place.label}${open}` }, ...members, { ...at, text: `${close}` }];
}

/** Two values of different shape: line beside line, the first pair marked as a change of type. */
function besides(left: readonly Row[], right: readonly Row[]): readonly Row[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at): Row => {
    const l = left[at];
    const r = right[at];
    const mark = at === 0 ? "type" : l === undefined ? "extra" : r === undefined ? "missing" : "changed";
    const { depth, path } = l ?? r ?? { depth: 0, path: null };
    return { mark, depth, path, left: l?.left ?? null, right: r?.right ?? null };
  });
}

function memberPlace(place: Place, key: string): Place {
  const step = /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  return { label: `${JSON.stringify(key)}: `, depth: place.depth + 1, path: place.path + step };
}

function base({ depth, path }: Place): Pick<Row, "depth" | "path"> {
  return { depth, path };
}
