/** Linux capabilities of containers that may run as root; all others have none. */

/**
 * What entry points that start as root need to hand over to another user. Less than Pod Security *baseline* allows: no raw sockets,
 * device files or audit log.
 */
export const ROOT_CAPABILITIES = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
] as const;
