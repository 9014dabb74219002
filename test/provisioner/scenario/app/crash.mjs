// Says why and ends.
console.error("cannot find the licence file");
process.exit(3);
