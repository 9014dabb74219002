// The database of the test's shop: lines of JSON over TCP, kept in memory and on its volume. `{"put": [key, value]}` or `{"get": key}`.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const FILE = `${process.env.DATA ?? "/tmp"}/rows.json`;
const rows = new Map(existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : []);

createServer((socket) => {
  socket.on("error", () => socket.destroy());
  createInterface(socket).on("line", (line) => {
    const { put, get } = JSON.parse(line);
    if (put !== undefined) {
      rows.set(...put);
      writeFileSync(FILE, JSON.stringify([...rows]));
    }
    socket.write(`${JSON.stringify({ value: rows.get(get ?? put[0]) ?? null })}\n`);
  });
}).listen(5432, () => {
  console.log("db accepts connections");
  writeFileSync("/tmp/accepts-connections", "");
});
