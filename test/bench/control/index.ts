/** Writes leases into the registry objects, as the report Worker does for the provisioner, without needing its database. */
import type { RegistryCalls } from "../../../core/wire/sync.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";

interface Bindings {
  readonly REGISTRY: { getByName(host: string): RegistryCalls };
}

export default {
  /** `POST /` with the targets by host. */
  async fetch(request: Request, env: Bindings): Promise<Response> {
    // The benchmark wrote it in this shape.
    const targets = (await request.json()) as Readonly<Record<string, MirrorTarget>>;
    await Promise.all(Object.entries(targets).map(([host, target]) => env.REGISTRY.getByName(host).lease(target)));
    return new Response(null, { status: 204 });
  },
};
