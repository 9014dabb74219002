/** Keys that would give a container more than its own: some of their values ask for what is the case anyway, the rest is refused. */
import { itemsOf, textAt } from "./node.ts";
import { adjust, drop, refuse, type Spot } from "./reading.ts";
import { at, itemSpot, type ServiceView, spotOf, textOf } from "./view.ts";

/** Capabilities of a container that nobody has taken any from, without those that reach the network's packets. */
const USUAL = new Set(
  `AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT`.split(
    " ",
  ),
);

const SKIP = "Leave the service out with x-shadow: {skip: true}, or run it without.";

export function sayAccess(view: ServiceView): void {
  for (const [n, item] of itemsOf(at(view, "cap_add")).entries())
    sayCapability(view, textAt(item) ?? "", itemSpot(view, "cap_add", { n, item }));
  for (const [n, item] of itemsOf(at(view, "security_opt")).entries())
    saySecurity(view, textAt(item) ?? "", itemSpot(view, "security_opt", { n, item }));
  sayNetworkMode(view);
}

function sayCapability(view: ServiceView, name: string, spot: Spot): void {
  const plain = name.toUpperCase().replace(/^CAP_/, "");
  if (USUAL.has(plain)) {
    const message = `${plain} is not added: a container has it where its image runs as root, and as the operator allows.`;
    adjust(view.reading, spot, { code: "capability", message });
  } else {
    const message = `The capability ${plain.slice(0, 40)} reaches beyond the container. ${SKIP}`;
    refuse(view.reading, spot, { code: "capability", message });
  }
}

function saySecurity(view: ServiceView, option: string, spot: Spot): void {
  if (/^no-new-privileges(?:[:=]true)?$/.test(option)) {
    drop(view.reading, spot, { code: "security-option", message: "No container of a stack can gain privileges." });
    return;
  }
  const message = `"${option.slice(0, 80)}" changes what the cluster protects. ${SKIP}`;
  refuse(view.reading, spot, { code: "security-option", message });
}

function sayNetworkMode(view: ServiceView): void {
  const mode = textOf(view, "network_mode");
  if (mode === undefined || mode === "" || mode === "bridge" || mode === "default") return;
  const spot = spotOf(view, "network_mode");
  if (mode === "none") {
    const message = "The service has the stack's network, which leads nowhere else.";
    adjust(view.reading, spot, { code: "network", message });
    return;
  }
  const message = `"${mode.slice(0, 80)}" is a network of the host or of another container. Use the names of services instead.`;
  refuse(view.reading, spot, { code: "host-network", message });
}
