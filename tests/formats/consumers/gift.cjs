// Print what gift-pegjs reads in the GIFT file that is named first, as JSON. The second word is the folder of packages.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { resolve } = require("node:path");
const { parse } = createRequire(resolve(process.argv[3], "package.json"))("gift-pegjs");
process.stdout.write(JSON.stringify(parse(readFileSync(process.argv[2], "utf-8"))));
