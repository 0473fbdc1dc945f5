(() => {
"use strict";
const data = /*DATA*/ null /*DATA*/;
})();
