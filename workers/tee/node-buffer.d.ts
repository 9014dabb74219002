/** The one function of `node:buffer` that the tee uses; Node's own types would bring all its globals along. */
declare module "node:buffer" {
  export const Buffer: {
    from(buffer: ArrayBufferLike, byteOffset: number, length: number): { toString(encoding: "base64"): string };
  };
}
