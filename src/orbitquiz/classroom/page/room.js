// One player's end of a room: connecting, coming back, and sending an answer until the room has taken it.

import { PROTOCOL } from "./protocol.js";

/** Milliseconds between two tries to connect: the first, and the longest. */
const FIRST_WAIT = 500, LONGEST_WAIT = 8000;

/** Milliseconds without a word about an answer, after which the connection counts as dead. */
const PATIENCE = 5000;

/** Refusals after which trying again by itself would not help; the player is asked what to do. */
const STOPS = new Set([
  "over", "locked", "full", "name-missing", "name-unfit", "name-taken",
  "banned", "kicked", "elsewhere", "closed", "bad-protocol", "bad-message",
]);

export class Room {
  /** `changed` is called after each change of what there is to show; `token` is the seat's, from a link. */
  constructor(code, changed, token = "") {
    this.code = code;
    this.changed = changed;
    /** @type {Welcome | null} */
    this.welcome = null;
    /** @type {Scene | null} the latest message that tells all there is to draw */
    this.scene = null;
    /** @type {Refusal | null} why the room let us go, or did not let us in */
    this.refusal = null;
    /** @type {Refusal | null} why the answer to the current question was not taken */
    this.answerRefusal = null;
    /** @type {number | null} the points so far, if they are told */
    this.score = null;
    this.isConnected = false;
    /** Time of `performance.now()` to which `left` of the question refers. */
    this.toldAt = 0;
    this.seat = readSeat(code);
    if (token) this.seat.token = token;
    this.wants = 0; // the question to be shown, at one's own pace
    /** @type {WebSocket | null} */
    this.socket = null;
    this.wait = FIRST_WAIT;
    this.timer = 0;
    this.patience = 0;
  }

  /** The id of the option that was picked in the current question, sent or not; null for none. */
  get picked() {
    const scene = this.scene;
    if (scene?.type !== "question") return null;
    const sent = this.seat.answer;
    return scene.picked ?? (sent?.number === scene.number ? sent.option : null);
  }

  /** True if an answer to the current question is wanted. */
  get isOpen() {
    const scene = this.scene;
    if (scene?.type !== "question" || !scene.plays || scene.is_paused) return false;
    return scene.attempts === null ? this.picked === null : scene.attempts > 0 && !this.seat.answer;
  }

  /** Go on to the next question to be answered, at one's own pace. */
  goOn() {
    const scene = /** @type {any} */ (this.scene);
    const at = (scene.question ?? scene).number ?? 0, left = /** @type {number[]} */ (scene.to_answer);
    this.wants = left.find((number) => number > at) ?? left[0] ?? 0;
    if (!this.wants) this.scene = null;
    this.show();
  }

  /** Ask for the question that is wanted. */
  show() {
    if (this.isConnected) this.socket?.send(JSON.stringify({ type: "show", number: this.wants }));
  }

  /** True if the room has recorded the answer to the current question. */
  get isKept() {
    return this.scene?.type === "question" && this.scene.picked !== null;
  }

  /** Connect now, whatever there was before. */
  connect(name = null) {
    if (name) this.seat.name = name;
    this.hangUp();
    this.refusal = null;
    const url = new URL(".", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.hash = "";
    const socket = this.socket = new WebSocket(url);
    // A socket that was replaced may still speak; what it says no longer counts.
    const ifCurrent = (act) => (event) => {
      if (socket === this.socket) act(event);
    };
    socket.onopen = ifCurrent(() => socket.send(JSON.stringify({
      type: "hello", protocol: PROTOCOL, room: this.code,
      name: this.seat.name, token: this.seat.token,
    })));
    socket.onmessage = ifCurrent((event) => this.take(JSON.parse(event.data)));
    socket.onclose = ifCurrent(() => this.lost());
    this.changed();
  }

  /** Connect at once if the player has been here and nothing final was said: phones close sockets without a word. */
  wake() {
    if (!this.refusal) this.connect();
  }

  /** Close the connection and forget all that was planned for it. */
  hangUp() {
    clearTimeout(this.timer);
    clearTimeout(this.patience);
    const socket = this.socket;
    this.socket = null;
    this.isConnected = false;
    socket?.close();
  }

  /** Answer the current question with this option. A second tap changes nothing. */
  answer(option) {
    const scene = this.scene;
    if (scene?.type !== "question" || !this.isOpen) return;
    this.seat.seq = Math.max(this.seat.seq + 1, Date.now());
    this.seat.answer = { type: "answer", seq: this.seat.seq, number: scene.number, option };
    this.answerRefusal = null;
    this.keepSeat();
    this.send();
    this.changed();
  }

  /** Send the answer that the room has not taken yet. */
  send() {
    if (!this.seat.answer || !this.isConnected || this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify(this.seat.answer));
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.connect(), PATIENCE);
  }

  /** Try again in a while, longer each time. */
  lost() {
    this.hangUp();
    if (this.refusal) return;
    this.timer = setTimeout(() => this.connect(), this.wait * (0.7 + 0.6 * Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.changed();
  }

  /** Do what a message of the room says. @param {FromRoom} message */
  take(message) {
    if ("score" in message) this.score = message.score;
    else if (message.type === "reveal") this.score = message.yours.score;
    switch (message.type) {
      case "welcome":
        this.welcome = message;
        this.isConnected = true;
        this.wait = FIRST_WAIT;
        this.seat.token = message.token;
        this.seat.name = message.name;
        this.keepSeat();
        this.send();
        break;
      case "named":
        if (this.welcome) this.welcome = { ...this.welcome, name: message.name };
        this.seat.name = message.name;
        this.keepSeat();
        break;
      case "lobby":
        if (this.welcome) this.welcome = { ...this.welcome, title: message.title };
      // fallthrough
      case "progress":
        if (this.wants && message.type === "progress") { // back after a lost connection
          this.show();
          break;
        }
      // fallthrough
      case "question": case "reveal": case "skipped": case "ended":
        if (message.type !== "question" || !isSame(this.scene, message)) this.answerRefusal = null;
        this.scene = message;
        this.toldAt = performance.now();
        break;
      case "clock":
        if (this.scene?.type === "question" && this.scene.number === message.number) {
          const { limit, left, is_paused, reading } = message;
          this.scene = { ...this.scene, limit, left, is_paused, reading };
          this.toldAt = performance.now();
        }
        break;
      case "accepted":
        this.settle(message.seq);
        if (this.scene?.type === "question" && this.scene.number === message.number) {
          this.scene = { ...this.scene, picked: message.option };
        }
        break;
      case "refusal":
        this.refuse(message);
    }
    this.changed();
  }

  /** @param {Refusal} refusal */
  refuse(refusal) {
    if (refusal.seq !== null) {
      if (refusal.reason === "not-in") return this.connect();
      if (this.settle(refusal.seq)) this.answerRefusal = refusal;
      return;
    }
    // A room whose host has just restarted is not there for a moment; somebody with a seat waits for it.
    const isGoneForNow = refusal.reason === "no-room" && this.seat.token;
    if ((STOPS.has(refusal.reason) || refusal.reason === "no-room") && !isGoneForNow) {
      this.refusal = refusal;
      this.hangUp();
    }
  }

  /** Forget the answer with this number; true if it was the one that waited. */
  settle(seq) {
    if (this.seat.answer?.seq !== seq) return false;
    clearTimeout(this.patience);
    this.seat.answer = null;
    this.keepSeat();
    return true;
  }

  keepSeat() {
    try {
      localStorage.setItem(keyOf(this.code), JSON.stringify(this.seat));
    } catch {
      // Private windows may forbid it. The seat then lasts as long as the page.
    }
  }
}

function isSame(scene, next) {
  return scene?.type === "question" && next.type === "question" && scene.number === next.number;
}

const keyOf = (code) => `orbitquiz seat ${location.pathname} ${code}`;

/** The seat that this browser has in the room, or an empty one. @returns {Seat} */
function readSeat(code) {
  const empty = { token: null, name: null, seq: 0, answer: null };
  try {
    return { ...empty, ...JSON.parse(localStorage.getItem(keyOf(code)) ?? "{}") };
  } catch {
    return empty;
  }
}
