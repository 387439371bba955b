// What the JSDoc types of static/js go by (`npm run lint` checks them).

/** A noun of the server's as JSON: belgrano/contract says what is in it. */
type Json = Record<string, any>;

// What a selector finds is what the template has there: no cast says more than the selector does.
interface ParentNode {
  querySelector(selector: string): any;
  querySelectorAll(selector: string): NodeListOf<any>;
}
interface Element {
  closest(selector: string): any;
}
interface Document {
  getElementById(id: string): any;
}
interface Node {
  cloneNode(deep?: boolean): any;
}
interface EventTarget {
  [name: string]: any;
}
interface HTMLFormControlsCollection {
  [name: string]: any;
}
interface Navigator {
  standalone?: boolean;
  getBattery?: () => Promise<{ level: number }>;
}
interface Performance {
  memory?: { usedJSHeapSize: number };
}
