import { kata } from "./_kata.js";

document.title += kata;
