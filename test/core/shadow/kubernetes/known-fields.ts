/**
 * Fields that the published API knows, by the client's own tables: an unknown field would be dropped without a word, by the typed client
 * or by the server.
 */
import * as models from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../../core/shadow/kubernetes/object.ts";

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

const BY_KIND: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "Namespace",
    "ResourceQuota",
    "LimitRange",
    "ServiceAccount",
    "NetworkPolicy",
    "ConfigMap",
    "Secret",
    "PersistentVolumeClaim",
    "Service",
    "Deployment",
    "Job",
    "Ingress",
  ].map((kind) => [kind, `V1${kind}`]),
);

/** Paths of unknown fields. HTTPRoute is not of the client's; its fields are few and the golden files show them. */
export function unknownFields(object: KubernetesObject): readonly string[] {
  const type = BY_KIND[object.kind];
  return type === undefined ? [] : unknown(object, type, object.kind);
}

function unknown(value: unknown, type: string, path: string): readonly string[] {
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list !== undefined)
    return Array.isArray(value)
      ? value.flatMap((item, at) => unknown(item, list, `${path}[${at}]`))
      : [`${path} is no list`];
  const attributes = attributesOf(type);
  // Maps and plain values are the server's to judge.
  if (attributes === null) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no object`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const attribute = attributes.find(({ baseName }) => baseName === name);
    return attribute === undefined ? [`${path}.${name}`] : unknown(inner, attribute.type, `${path}.${name}`);
  });
}

function attributesOf(type: string): readonly Attribute[] | null {
  const model: unknown = Reflect.get(models, type);
  if (typeof model !== "function" || !("getAttributeTypeMap" in model)) return null;
  const read = model.getAttributeTypeMap as () => readonly Attribute[];
  return read();
}
