// The hub by which the parts of a page hear of each other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Hub } from "../../static/js/page/hub.js";

test("all who listen are told, in the order they began to, and nobody of anything else", () => {
  const hub = new Hub();
  const heard = [];
  hub.on("mover", (...dicho) => heard.push(["one", ...dicho]));
  hub.on("mover", (...dicho) => heard.push(["two", ...dicho]));
  hub.on("soltar", () => heard.push(["three"]));

  hub.tell("mover", 7, { antes_de: null });

  assert.deepEqual(heard, [
    ["one", 7, { antes_de: null }],
    ["two", 7, { antes_de: null }],
  ]);
});

test("what nobody listens for is told to nobody", () => {
  new Hub().tell("mover", 7);
});

test("one that fails is reported, and the others hear all the same", (t) => {
  const hub = new Hub();
  const [heard, reported] = [[], []];
  globalThis.reportError = (error) => reported.push(error.message);
  t.after(() => delete globalThis.reportError);
  hub.on("mover", () => {
    throw new Error("broken");
  });
  hub.on("mover", (id) => heard.push(id));

  hub.tell("mover", 7);

  assert.deepEqual([heard, reported], [[7], ["broken"]]);
});

test("who begins to listen while it is told hears of the next one", () => {
  const hub = new Hub();
  const heard = [];
  hub.on("mover", (id) => {
    if (id === 1) hub.on("mover", (otro) => heard.push(otro));
  });

  hub.tell("mover", 1);
  hub.tell("mover", 2);

  assert.deepEqual(heard, [2]);
});
