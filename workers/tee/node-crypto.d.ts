/** The one function of node:crypto that the tee uses; Node's own declarations would bring globals the runtime has not. */
declare module "node:crypto" {
  interface Hmac {
    update(text: string): Hmac;
    digest(encoding: "hex"): string;
  }
  export function createHmac(algorithm: "sha256", key: string): Hmac;
}
