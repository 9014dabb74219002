import { expect, test } from "vitest";
import { notesOnWeb, webIn } from "./repository.ts";

test.each([
  ["[80, '8080:81', '127.0.0.1:82:82', '127.0.0.1::83', '[::1]:84:84']", [80, 81, 82, 83, 84]],
  ["['8000-8002', '90-91:7000-7001', '5000-5010:60']", [8000, 8001, 8002, 7000, 7001, 60]],
  ["[{target: 80, published: '8080', host_ip: 127.0.0.1}, {target: '81', mode: host}]", [80, 81]],
  ["['80', '80:80', '80/tcp']", [80]],
])("%s are container ports in order", (ports, expected) => {
  expect(webIn(`ports: ${ports}`).ports).toEqual(expected.map((port) => ({ port, protocol: "tcp" })));
});

test("protocols are kept, and those that nothing speaks are left out", () => {
  const { ports, expose } = webIn(
    "ports: ['53:53/udp', 53, {target: 54, protocol: UDP}, '9/sctp']\nexpose: ['5000-5001', 6000, '7000/udp']",
  );
  expect(ports.map(({ port, protocol }) => `${port}/${protocol}`)).toEqual(["53/udp", "53/tcp", "54/udp"]);
  expect(expose.map(({ port, protocol }) => `${port}/${protocol}`)).toEqual([
    "5000/tcp",
    "5001/tcp",
    "6000/tcp",
    "7000/udp",
  ]);
});

test.each([
  "[0]",
  "[65536]",
  "['a:b']",
  "['80-70']",
  "['80:']",
  "['1-3:1-2']",
  "['80/tcp/x']",
  "[{published: 80}]",
  "['']",
  "['80/x1']",
])("%s is no port", (ports) =>
  expect(notesOnWeb(`ports: ${ports}`)).toMatchObject([{ code: "port", effect: "refused", line: 4 }]),
);

test("a service has a hundred at most", () => {
  expect(webIn("ports: ['1-100']").ports).toHaveLength(100);
  expect(notesOnWeb("ports: ['1-101']")).toMatchObject([{ code: "too-many-ports" }]);
  expect(notesOnWeb("expose: ['1-65535']")).toMatchObject([{ code: "too-many-ports" }]);
});

test("x-shadow says where the service answers", () => {
  expect(webIn("ports: ['80', '81']\nx-shadow: {port: 81}").ports.map(({ port }) => port)).toEqual([81, 80]);
  expect(webIn("x-shadow: {port: 8080}").ports).toEqual([{ port: 8080, protocol: "tcp" }]);
  expect(notesOnWeb("x-shadow: {port: 0}")).toMatchObject([{ code: "x-shadow", effect: "refused" }]);
});
