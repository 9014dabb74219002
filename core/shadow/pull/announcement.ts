/**
 * How our commit statuses name the pull request they are about. A commit can be the head of several pull requests, and a status
 * belongs to the commit alone; an approval of one pull request must not lean on what was announced in another.
 */

/** A status is about this pull request when its description begins so. */
export function announcementOf(pr: number): string {
  return `#${pr}: `;
}
