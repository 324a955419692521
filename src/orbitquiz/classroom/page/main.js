// @ts-check
// Start: find the room's code, connect, and draw whatever the room says.

import { draw } from "./screens.js";
import { Room } from "./room.js";

/** @type {Room | null} */
let room = null;

/** Draw what there is to show now. */
const show = () => draw(room, { enter });

/** Go into a room. @param {string} code @param {string | null} [name] */
function enter(code, name) {
  code = code.trim().toUpperCase();
  if (room?.code !== code) {
    room?.hangUp();
    room = new Room(code, show);
    history.replaceState(null, "", `#${code}`); // a reload finds the room again
  }
  room.connect(name);
}

/** The code in the address, which the QR code on the projector puts there. */
const codeInAddress = () => decodeURIComponent(location.hash.slice(1)).split("/")[0];

function start() {
  const code = codeInAddress();
  if (code) enter(code);
  else show();
}

// A phone that sleeps, changes its network or goes back to this page has lost its socket, and is often not told.
const wake = () => room?.wake();
addEventListener("online", wake);
addEventListener("pageshow", (event) => event.persisted && wake());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
addEventListener("offline", () => room?.lost());
addEventListener("pagehide", () => room?.hangUp()); // an open socket keeps a page out of the back-forward cache
addEventListener("hashchange", start);
start();
