/** The functions of node:zlib that the tee uses; Node's own declarations would bring globals the runtime has not. */
declare module "node:zlib" {
  export function gzipSync(bytes: Uint8Array, options: { readonly level: number }): Uint8Array;
  export function crc32(bytes: Uint8Array): number;
}
