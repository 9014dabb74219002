/** What the API double holds: objects by resource, namespace and name, with the counters a real one keeps. No rules, no network. */

export interface Stored {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: StoredMetadata;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

interface StoredMetadata {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { kind: string; name: string; controller: boolean }[];
  managedFields?: { manager: string; operation: string }[];
}

export interface Store {
  readonly all: (resource: string, namespace?: string | null) => Stored[];
  readonly get: (resource: string, namespace: string | null, name: string) => Stored | undefined;
  /** Stamps uid, times and versions; the generation grows when the spec differs. */
  readonly put: (
    resource: string,
    object: Omit<Stored, "metadata"> & { metadata: { name: string; namespace?: string } },
  ) => Stored;
  /** A change of the status: no new generation. */
  readonly touch: (object: Stored) => void;
  readonly drop: (resource: string, namespace: string | null, name: string) => void;
  readonly resources: () => string[];
}

export function createStore(now: () => number): Store {
  const objects = new Map<string, Map<string, Stored>>();
  let version = 0;
  const keyOf = (namespace: string | null | undefined, name: string) => `${namespace ?? ""}/${name}`;
  const rows = (resource: string) => objects.get(resource) ?? new Map<string, Stored>();
  return {
    all: (resource, namespace = null) =>
      [...rows(resource).values()].filter(({ metadata }) => namespace === null || metadata.namespace === namespace),
    get: (resource, namespace, name) => rows(resource).get(keyOf(namespace, name)),
    put: (resource, object) => {
      const key = keyOf(object.metadata.namespace, object.metadata.name);
      const before = rows(resource).get(key);
      version += 1;
      const sameSpec = before !== undefined && JSON.stringify(before.spec) === JSON.stringify(object.spec);
      const metadata: StoredMetadata = {
        ...before?.metadata,
        ...object.metadata,
        uid: before?.metadata.uid ?? `uid-${version}`,
        creationTimestamp: before?.metadata.creationTimestamp ?? new Date(now()).toISOString(),
        resourceVersion: String(version),
        generation: (before?.metadata.generation ?? 0) + (sameSpec ? 0 : 1),
      };
      const stored = { ...object, metadata } as Stored; // the index signature hides that kind and apiVersion are there
      objects.set(resource, new Map([...rows(resource), [key, stored]]));
      return stored;
    },
    touch: (object) => {
      version += 1;
      object.metadata.resourceVersion = String(version);
    },
    drop: (resource, namespace, name) => {
      rows(resource).delete(keyOf(namespace, name));
    },
    resources: () => [...objects.keys()],
  };
}
