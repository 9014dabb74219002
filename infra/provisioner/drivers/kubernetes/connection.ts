/**
 * Keeps connections to the API server open between calls. The official client makes an agent of its own for every request, and with it
 * a TLS connection: a pass over a stack would cost dozens of handshakes and leave as many idle sockets. Credentials are asked for anew.
 */
import type { KubeConfig, RequestContext } from "@kubernetes/client-node";

type Dispatcher = NonNullable<ReturnType<RequestContext["getDispatcher"]>>;

/** Certificates of a kubeconfig can be exchanged under a running service. */
const RENEWED_MS = 600_000;

const kept = new WeakMap<KubeConfig, { readonly dispatcher: Dispatcher; readonly until: number }>();

/** Credentials by the client, on a connection that is used again. */
export async function authenticate(kubeConfig: KubeConfig, request: RequestContext): Promise<void> {
  await kubeConfig.applySecurityAuthentication(request);
  const fresh = request.getDispatcher();
  if (fresh === undefined) return;
  const before = kept.get(kubeConfig);
  const now = performance.now();
  if (before !== undefined && now < before.until) {
    request.setDispatcher(before.dispatcher);
    return;
  }
  // Ends when the calls on it have; nobody waits for that.
  void before?.dispatcher.close().catch(() => undefined);
  kept.set(kubeConfig, { dispatcher: fresh, until: now + RENEWED_MS });
}

/** After a call that failed the next one starts on a new connection. */
export function forgetConnection(kubeConfig: KubeConfig): void {
  const before = kept.get(kubeConfig);
  kept.delete(kubeConfig);
  void before?.dispatcher.close().catch(() => undefined);
}
