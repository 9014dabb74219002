/**
 * Which paths come into question as the test of a file, by its folder where a pattern says the folder, else by its name. Apart, because every new file
 * held against every test takes hours where there are many of both. Decides nothing: whoever asks still has to match.
 */

export interface TestIndex {
  readonly inFolder: (folder: string) => readonly string[];
  /** Paths that hold this name, which has to be one of those that the index was made for. */
  readonly holding: (name: string) => readonly string[];
}

/** `tests` are paths, `names` the names of files without their endings. */
export function testIndex(tests: readonly string[], names: readonly string[]): TestIndex {
  const folders = Map.groupBy(tests, (path) => path.slice(0, Math.max(0, path.lastIndexOf("/"))));
  let byName: ReadonlyMap<string, readonly string[]> | null = null;
  return {
    inFolder: (folder) => folders.get(folder) ?? [],
    holding: (name) => {
      byName ??= pathsByName(tests, names);
      return byName.get(name) ?? [];
    },
  };
}

/** One character after the other; `name` where one ends. */
interface Branch {
  readonly next: Map<string, Branch>;
  name: string | null;
}

function pathsByName(tests: readonly string[], names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const root = treeOf(names);
  const found = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const path of tests) for (const name of namesIn(path, root)) found.get(name)?.push(path);
  return found;
}

function treeOf(names: readonly string[]): Branch {
  const root: Branch = { next: new Map(), name: null };
  for (const name of names) {
    let at = root;
    for (let n = 0; n < name.length; n += 1) {
      const branch = at.next.get(name.charAt(n)) ?? { next: new Map(), name: null };
      at.next.set(name.charAt(n), branch);
      at = branch;
    }
    at.name = name;
  }
  return root;
}

function namesIn(path: string, root: Branch): ReadonlySet<string> {
  const names = new Set<string>();
  for (let start = 0; start < path.length; start += 1) {
    let at = root.next.get(path.charAt(start));
    for (let n = start + 1; at !== undefined; n += 1) {
      if (at.name !== null) names.add(at.name);
      at = at.next.get(path.charAt(n));
    }
  }
  return names;
}
