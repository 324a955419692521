// Print the QTI 2.1 item that is named first as QTI 3, by qti-convert. The second word is the folder of packages.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
const code = "node_modules/@citolab/qti-convert/dist/qti-converter-node/index.js";
const { convertQti2toQti3 } = await import(pathToFileURL(resolve(process.argv[3], code)).href);
process.stdout.write(await convertQti2toQti3(readFileSync(process.argv[2], "utf-8")));
