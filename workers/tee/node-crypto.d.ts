/** The functions of node:crypto that the tee uses; Node's own declarations would bring globals the runtime has not. */
declare module "node:crypto" {
  interface Hmac {
    update(text: string): Hmac;
    digest(encoding: "hex"): string;
  }
  export function createHmac(algorithm: "sha256", key: string): Hmac;
  /** Throws where the lengths differ. */
  export function timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean;
}
