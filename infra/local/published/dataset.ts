/**
 * The data both versions of the published server start from, and the requests that are sent to it.
 * Made by arithmetic, so that every run sends the same requests and the documented figures can be repeated.
 */

const POSTS = 60;
const COMMENTS = 180;
const AUTHORS = ["ada", "bo", "chi", "dee"] as const;
const TAGS = ["news", "tips", "long", "short", "old"] as const;

/** A database file of json-server: two collections and one single resource. */
export function database(): string {
  const posts = Array.from({ length: POSTS }, (_, i) => ({
    id: i + 1,
    title: `Post ${i + 1}`,
    author: AUTHORS[i % AUTHORS.length],
    views: (i * 7919) % 1000,
    draft: i % 11 === 0,
    tags: TAGS.filter((_, t) => (i + t) % 3 === 0),
    published: new Date(Date.UTC(2024, 0, 1 + i)).toISOString(),
  }));
  const comments = Array.from({ length: COMMENTS }, (_, i) => ({
    id: i + 1,
    postId: (i % POSTS) + 1,
    body: `Comment ${i + 1} on a post`,
    score: (i * 31) % 10,
  }));
  return JSON.stringify({ posts, comments, profile: { name: "A small site", founded: 2019 } }, null, 1);
}

/** What a client of such a server asks for, as path and query. 400 requests over 8 kinds of question. */
export function requests(): readonly string[] {
  const kinds: readonly ((i: number) => string)[] = [
    (i) => `/posts/${(i % POSTS) + 1}`,
    (i) => `/comments/${(i % COMMENTS) + 1}`,
    () => "/profile",
    (i) => `/posts?author=${AUTHORS[i % AUTHORS.length]}`,
    (i) => `/comments?postId=${(i % POSTS) + 1}`,
    (i) => `/posts?_page=${(i % 5) + 1}&_limit=10`,
    (i) => `/posts?_sort=views&_order=${i % 2 ? "asc" : "desc"}`,
    (i) => `/posts/${POSTS + 1 + (i % 50)}`,
  ];
  return Array.from({ length: 50 }, (_, i) => kinds.map((kind) => kind(i))).flat();
}
