/** The rows of a service's keys. Data alone. */
import { isNull, itemsOf, type Node } from "./node.ts";
import { isFalse, type Row } from "./table-row.ts";

const S = "services.*";

/** Docker's own socket or namespaces: the host's. */
const HOST = "It would share the host with the code under review.";
const WORKLOAD = "The cluster decides where and how containers run.";
const OWN_DNS = "Names are resolved by the stack.";

const isOneOf =
  (...words: readonly string[]) =>
  (node: Node): boolean =>
    isNull(node) || (node.kind === "scalar" && words.includes(node.text));
const isEmpty = (node: Node): boolean => (node.kind === "map" ? node.entries.size === 0 : itemsOf(node).length === 0);

const translated = (why: string, ...keys: readonly string[]): readonly Row[] =>
  keys.map((key) => ({ key: `${S}.${key}`, effect: "translated", why }));

const opened = (why: string, ...keys: readonly string[]): readonly Row[] =>
  keys.map((key) => ({ key: `${S}.${key}`, effect: "translated", inner: true, why }));

const dropped = (code: string, why: string, ...keys: readonly string[]): readonly Row[] =>
  keys.map((key) => ({ key: `${S}.${key}`, effect: "dropped", code, why }));

interface Refusal {
  readonly code: string;
  readonly why: string;
  readonly advice: string;
  readonly unless?: (node: Node) => boolean;
}

const refused = (refusal: Refusal, ...keys: readonly string[]): readonly Row[] =>
  keys.map((key) => ({ key: `${S}.${key}`, effect: "refused", unless: isEmpty, ...refusal }));

const TAKE_OUT = "Take it out, or leave the service out of shadows with x-shadow: {skip: true}.";

const DANGEROUS: readonly Row[] = [
  ...refused({ code: "privileged", why: HOST, advice: TAKE_OUT, unless: isFalse }, "privileged"),
  ...refused({ code: "docker-socket", why: HOST, advice: TAKE_OUT, unless: isFalse }, "use_api_socket"),
  ...refused({ code: "host-namespace", why: HOST, advice: TAKE_OUT }, "pid", "uts"),
  ...refused(
    { code: "host-namespace", why: HOST, advice: TAKE_OUT, unless: isOneOf("private", "shareable", "none", "") },
    "ipc",
    "cgroup",
    "userns_mode",
  ),
  ...refused({ code: "device", why: HOST, advice: TAKE_OUT }, "devices", "device_cgroup_rules", "gpus"),
  ...refused(
    { code: "device", why: HOST, advice: TAKE_OUT },
    "deploy.resources.reservations.devices",
    "deploy.resources.reservations.generic_resources",
  ),
  ...refused({ code: "sysctl", why: "Kernel settings are the host's.", advice: TAKE_OUT }, "sysctls"),
  ...refused({ code: "cgroup-parent", why: HOST, advice: TAKE_OUT }, "cgroup_parent"),
  ...refused(
    { code: "runtime", why: "Only the cluster's own runtime is there.", advice: TAKE_OUT, unless: isOneOf("runc", "") },
    "runtime",
  ),
  ...refused(
    { code: "volumes-from", why: "Volumes of another container.", advice: "Name the volumes in both services." },
    "volumes_from",
  ),
  ...refused(
    {
      code: "external-resource",
      why: "Containers outside the stack.",
      advice: "Make the other one a service of the file.",
    },
    "external_links",
  ),
  ...refused({ code: "provider", why: "It is no container.", advice: TAKE_OUT }, "provider"),
  ...refused({ code: "models", why: "No model is run beside a stack.", advice: TAKE_OUT }, "models"),
  ...refused({ code: "windows", why: "Stacks run on Linux.", advice: TAKE_OUT }, "credential_spec"),
  ...refused(
    {
      code: "lifecycle-hook",
      why: "Nothing runs in a container but its command.",
      advice: "Put it into the entrypoint, or into stack.seed of .shadow-infra.yml.",
    },
    "post_start",
  ),
];

const READ: readonly Row[] = [
  ...translated("The image, with its tag as written.", "image"),
  ...translated("The service is built: its image comes from a template of .shadow-infra.yml.", "build"),
  ...translated("Split into words as compose does.", "command", "entrypoint"),
  ...translated("Variables of the container.", "environment", "env_file"),
  ...translated("Container ports; the host's have no meaning.", "ports", "expose"),
  ...translated("Conditions are waited for.", "depends_on"),
  ...translated("A further name of the other service, which is waited for.", "links"),
  ...translated("A further name of the service.", "container_name", "hostname"),
  ...translated("Names with addresses of their own.", "extra_hosts"),
  ...translated("As the container's.", "user", "group_add", "working_dir", "read_only", "tty", "stdin_open"),
  ...translated("As the container's.", "shm_size", "stop_signal", "stop_grace_period", "tmpfs"),
  ...translated("Limits of the container, held against those of the operator.", "cpus", "mem_limit", "mem_reservation"),
  ...translated(
    "Limits of the container, held against those of the operator.",
    "pids_limit",
    "cpu_quota",
    "cpu_period",
  ),
  ...translated("Jobs end, everything else is started again.", "restart"),
  ...translated("Up to 10.", "scale"),
  ...translated("Services of inactive profiles are left out.", "profiles"),
  ...translated("Applied; the other file has to be in the repository.", "extends"),
  ...translated("no-new-privileges is always the case; everything else is refused.", "security_opt"),
  ...translated("Refused, but for those that a container has anyway.", "cap_add"),
  ...translated("host and other containers' are refused; bridge and default are the case anyway.", "network_mode"),
  ...translated("Files in the container.", "secrets", "configs"),
];

const OPENED: readonly Row[] = [
  ...opened("As probes of the container.", "healthcheck"),
  ...translated("As probes of the container.", "healthcheck.test", "healthcheck.interval", "healthcheck.timeout"),
  ...translated("As probes of the container.", "healthcheck.retries", "healthcheck.disable"),
  ...translated("As probes of the container.", "healthcheck.start_period", "healthcheck.start_interval"),
  ...opened("What a container of the stack can have of it.", "deploy", "deploy.resources", "deploy.restart_policy"),
  ...opened("Held against the limits of the operator.", "deploy.resources.limits", "deploy.resources.reservations"),
  ...translated("Held against the limits of the operator.", "deploy.resources.limits.cpus"),
  ...translated("Held against the limits of the operator.", "deploy.resources.limits.memory"),
  ...translated("Held against the limits of the operator.", "deploy.resources.limits.pids"),
  ...translated("Held against the limits of the operator.", "deploy.resources.reservations.cpus"),
  ...translated("Held against the limits of the operator.", "deploy.resources.reservations.memory"),
  ...translated("Up to 10.", "deploy.replicas"),
  ...translated("global is one container; a job ends.", "deploy.mode"),
  ...translated("Like restart, and before it.", "deploy.restart_policy.condition"),
  ...dropped("restart-detail", WORKLOAD, "deploy.restart_policy.delay", "deploy.restart_policy.max_attempts"),
  ...dropped("restart-detail", WORKLOAD, "deploy.restart_policy.window"),
  ...dropped("placement", WORKLOAD, "deploy.placement", "deploy.endpoint_mode"),
  ...dropped("update", "Updates go as the driver does them.", "deploy.rollback_config", "deploy.update_config"),
  ...dropped("label", "Nothing in a stack reads it.", "deploy.labels"),
  ...opened("Further names of the service; all services share one network.", "networks", "networks.*"),
  ...translated("Further names of the service.", "networks.*.aliases"),
  ...dropped(
    "network",
    "All services of a stack share one network.",
    "networks.*.interface_name",
    "networks.*.priority",
  ),
  ...dropped(
    "network",
    "All services of a stack share one network.",
    "networks.*.gw_priority",
    "networks.*.driver_opts",
  ),
  ...dropped("address", "Addresses are given by the cluster; use names.", "networks.*.ipv4_address"),
  ...dropped("address", "Addresses are given by the cluster; use names.", "networks.*.ipv6_address"),
  ...dropped("address", "Addresses are given by the cluster; use names.", "networks.*.link_local_ips"),
  ...dropped("address", "Addresses are given by the cluster; use names.", "networks.*.mac_address"),
  ...opened("Volumes begin empty; files of the repository are put in; paths of the host are refused.", "volumes"),
  ...opened("Volumes begin empty; files of the repository are put in.", "volumes.[]"),
  ...translated("What is mounted, and where.", "volumes.[].type", "volumes.[].source", "volumes.[].target"),
  ...translated("What is mounted, and where.", "volumes.[].read_only"),
  ...opened("What is mounted, and where.", "volumes.[].volume", "volumes.[].tmpfs"),
  ...translated("What is mounted, and where.", "volumes.[].volume.subpath", "volumes.[].tmpfs.size"),
  ...dropped("mount-detail", "Volumes begin empty.", "volumes.[].volume.nocopy", "volumes.[].volume.labels"),
  ...dropped("mount-detail", "Nothing of the host is mounted.", "volumes.[].bind", "volumes.[].consistency"),
  ...dropped("mount-detail", "Its owner may write to it.", "volumes.[].tmpfs.mode"),
  ...refused({ code: "image-volume", why: "Images are not mounted.", advice: TAKE_OUT }, "volumes.[].image"),
  ...opened("Hints to us.", "x-shadow"),
  ...translated("Leaves the service out.", "x-shadow.skip"),
  ...translated("Where the service answers, before its other ports.", "x-shadow.port"),
  ...translated("Goes before user.", "x-shadow.user"),
];

const DROPPED: readonly Row[] = [
  ...dropped("label", "Nothing in a stack reads it.", "labels", "label_file", "annotations"),
  ...dropped("development", "A stack runs what was committed.", "develop"),
  ...dropped("logging", "Logs are read where the stack runs.", "logging", "attach"),
  ...dropped("dns", OWN_DNS, "dns", "dns_opt", "dns_search", "domainname"),
  ...dropped("address", "Addresses are given by the cluster.", "mac_address"),
  ...dropped("pull", "The image of the commit is always pulled.", "pull_policy", "pull_refresh_after"),
  ...dropped("platform", "The image is run on the platform of the cluster.", "platform"),
  ...dropped("capability", "Capabilities are dropped anyway.", "cap_drop"),
  ...dropped("init", "The container's own command is its first process.", "init"),
  ...dropped("lifecycle-hook", "The stack is thrown away with its data.", "pre_stop"),
  ...dropped("tuning", "Weights between containers of one machine.", "cpu_shares", "blkio_config", "oom_score_adj"),
  ...dropped("tuning", "It belongs to one machine.", "cpuset", "cpu_rt_period", "cpu_rt_runtime", "oom_kill_disable"),
  ...dropped("tuning", "Memory is not swapped.", "mem_swappiness", "memswap_limit"),
  ...dropped("tuning", "Limits of processes are the cluster's.", "ulimits"),
  ...dropped("storage", "Storage is limited for the whole stack.", "storage_opt"),
  ...dropped("windows", "It has a meaning on Windows alone.", "isolation", "cpu_count", "cpu_percent"),
];

export const SERVICE_ROWS: readonly Row[] = [...DANGEROUS, ...READ, ...OPENED, ...DROPPED];
