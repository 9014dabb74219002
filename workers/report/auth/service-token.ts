/** The service token: how the provisioner, the launcher and scripts authenticate. */

/** Whether the request carries the token as `Authorization: Bearer`. An empty token is no token and matches nothing. */
export async function hasServiceToken(request: Request, token: string | undefined): Promise<boolean> {
  const sent = /^Bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]?.trim();
  if (sent === undefined || token === undefined || token === "") return false;
  const [a, b] = await Promise.all([digest(sent), digest(token)]);
  return crypto.subtle.timingSafeEqual(a, b);
}

/** Hashes have one length, so that comparing them tells nothing about the token's. */
function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
