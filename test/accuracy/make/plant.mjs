/**
 * Mutations: each takes an answer `{status, headers, body: Buffer}` on its way from the server to the recording and
 * changes it as a defect or a harmless change of the code would. They know nothing of labels.
 */

/** Changes the parsed JSON body; written again in the notation (compact or indented) it came in. */
export const json =
  (change, { indent } = {}) =>
  (answer) => {
    const text = answer.body.toString();
    const value = JSON.parse(text);
    const changed = change(value);
    const space = indent ?? (/^[[{]\n( +)/.exec(text)?.[1] || undefined);
    const after = JSON.stringify(changed === undefined ? value : changed, null, space);
    if (after === text) throw new Error(`nothing changed in: ${text.slice(0, 300)}`);
    return withBody(answer, after);
  };

/** Changes the body's text. Fails loudly where nothing changed, so that no case is empty by accident. */
export const text = (change) => (answer) => {
  const before = answer.body.toString();
  const after = change(before);
  if (after === before) throw new Error(`nothing changed in: ${before.slice(0, 300)}`);
  return withBody(answer, after);
};

/** Replaces the first match of a pattern in the body's text. */
export const swap = (pattern, replacement) => text((body) => body.replace(pattern, replacement));

/** Puts other bytes in the body's place. */
export const bytes = (change) => (answer) => withBody(answer, change(answer.body));

/** Sets headers; null removes one; a function gets the value before. */
export const header = (changes) => (answer) => {
  const headers = { ...answer.headers };
  for (const [name, change] of Object.entries(changes)) {
    const value = typeof change === "function" ? change(headers[name]) : change;
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  return { ...answer, headers };
};

/** Changes each Set-Cookie line. */
export const cookie = (change) =>
  header({ "set-cookie": (lines) => [lines].flat().flatMap((line) => change(line) ?? []) });

export const status = (code, body, type) => (answer) => {
  const next = { ...answer, status: code };
  if (body === undefined) return next;
  const sent = withBody(next, typeof body === "string" ? body : JSON.stringify(body));
  return type === undefined ? sent : header({ "content-type": type })(sent);
};

export const slow = (ms) => (answer) => new Promise((resolve) => setTimeout(resolve, ms, answer));

/** Cuts the body as a capture limit does. */
export const cut = (length) => (answer) => ({
  ...answer,
  body: answer.body.subarray(0, length),
  truncated: answer.body.length,
});

/** One after the other. */
export const all =
  (...plants) =>
  async (answer) => {
    let current = answer;
    for (const plant of plants) current = (await plant(current)) ?? current;
    return current;
  };

function withBody(answer, body) {
  const sent = Buffer.from(body);
  const headers = { ...answer.headers };
  if ("content-length" in headers) headers["content-length"] = String(sent.length);
  return { ...answer, headers, body: sent };
}
