// What Streamlit's page lacks: links and forms inside our HTML that change the address without
// loading everything anew, the built-in English words in Vietnamese, focus that survives a rerun.
// Where this script does not run, links and forms still work as plain ones.
(() => {
  "use strict";

  const KEPT = ["lang", "as_of"]; // what one chose once holds for the pages that follow
  const OWN_ROUTES = /^\/(api|assets|download|healthz|login|logout|media|password|print|static|_stcore)(\/|$)/;
  const query = () => new URLSearchParams(location.search);

  // Streamlit's script otherwise asks under each page's address first, and waits for an answer
  // before it opens the websocket.
  window.__streamlit = {
    BACKEND_BASE_URL: `${location.origin}/`,
    MAIN_PAGE_BASE_URL: `${location.origin}/`,
    HOST_CONFIG: {
      allowedOrigins: [location.origin],
      useExternalAuthToken: false,
      enableCustomParentMessages: false,
      enforceDownloadInNewTab: false,
      metricsUrl: "",
      blockErrorDialogs: false,
      resourceCrossOriginMode: null,
    },
  };

  // --- the address ---------------------------------------------------------------------------

  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    if (!url) return push(state, title, url);
    const to = new URL(url, location.href);
    if (to.pathname !== location.pathname) {
      for (const name of KEPT) {
        const value = query().get(name);
        if (value && !to.searchParams.has(name)) to.searchParams.set(name, value);
      }
    }
    return push(state, title, to.pathname + to.search + to.hash);
  };

  const go = (to) => {
    const samePage = to.pathname === location.pathname;
    push({}, "", to.pathname + to.search + to.hash);
    dispatchEvent(new PopStateEvent("popstate"));
    if (!samePage) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };

  const isOurs = (link) =>
    link.origin === location.origin &&
    !OWN_ROUTES.test(link.pathname) &&
    !(link.hash && link.pathname === location.pathname) &&
    !link.hasAttribute("download") &&
    !link.classList.contains("a-reload") &&
    link.target !== "_blank";

  document.addEventListener("click", (event) => {
    const print = event.target.closest?.(".a-print");
    if (print) return void window.print();
    const link = event.target.closest?.(".stHtml a[href], .stMarkdown a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.defaultPrevented || !isOurs(link)) return;
    event.preventDefault();
    remember(link);
    go(new URL(link.href));
  });

  const asAddress = (form) => {
    const to = new URL(form.getAttribute("action") || location.pathname, location.origin);
    for (const [name, value] of new FormData(form)) {
      // an emptied choice has to be said: the session would remember the one before
      if (typeof value !== "string" || !(value || KEPT.includes(name))) continue;
      to.searchParams.append(name, value);
    }
    return to;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".stHtml form.a-filter")) return;
    const to = asAddress(form);
    if (OWN_ROUTES.test(to.pathname)) return;
    event.preventDefault();
    remember(event.submitter || document.activeElement);
    go(to);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.(".stHtml form.a-filter");
    if (form && event.target.matches("select")) form.requestSubmit();
  });

  // --- focus ---------------------------------------------------------------------------------

  let wanted = "";
  const remember = (element) => {
    wanted = element?.id || "";
    setTimeout(() => (wanted = ""), 4000);
  };
  const restoreFocus = () => {
    if (!wanted || (document.activeElement && document.activeElement !== document.body)) return;
    const element = document.getElementById(wanted);
    if (element) element.focus({ preventScroll: true });
  };

  // --- a place on a page ---------------------------------------------------------------------

  // What the address names after # is drawn later than the browser looks for it, or is folded.
  let reached = "";
  const followHash = () => {
    const asked = location.pathname + location.hash;
    const place = location.hash && asked !== reached && document.getElementById(location.hash.slice(1));
    if (!place) return;
    reached = asked;
    const fold = place.closest("details");
    if (fold) fold.open = true;
    place.scrollIntoView();
  };
  const seekAgain = () => {
    reached = "";
    followHash();
  };
  addEventListener("hashchange", seekAgain);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('.stHtml a[href^="#"]')) setTimeout(seekAgain);
  });

  // --- another page --------------------------------------------------------------------------

  // A link of this class is followed by itself: to the sign-in once a session has ended, or to
  // the same page in another language. With "a-back" it takes along where one was.
  let leaving = false;
  const leave = () => {
    const link = leaving ? null : document.querySelector(".stHtml a.a-leave");
    if (!link || link.origin !== location.origin) return;
    leaving = true;
    const to = new URL(link.href);
    if (link.classList.contains("a-back")) to.searchParams.set("next", location.pathname + location.search);
    location.replace(to);
  };

  // --- words ---------------------------------------------------------------------------------

  const WORDS = {
    "Skip to main content": "Chuyển đến nội dung chính",
    "App pages": "Các trang",
    "Sidebar": "Danh mục trang",
    "Expand sidebar": "Mở danh mục trang",
    "Collapse sidebar": "Thu danh mục trang",
    "Main menu": "Trình đơn",
    "Running...": "Đang tải…",
    "Running…": "Đang tải…",
    "CONNECTING": "Đang kết nối",
    "Connecting": "Đang kết nối",
    "Stop": "Dừng",
    "Rerun": "Tải lại",
    "Cancel": "Hủy",
    "Close": "Đóng",
    "Upload": "Chọn tệp",
    "Browse files": "Chọn tệp",
    "Add files": "Thêm tệp",
    "Drag and drop a file here": "Kéo thả một tệp vào đây",
    "Drag and drop file here": "Kéo thả một tệp vào đây",
    "Drag and drop files here": "Kéo thả tệp vào đây",
    "Remove file": "Bỏ tệp",
    "Choose an option": "Hãy chọn",
    "Choose options": "Hãy chọn",
    "No results": "Không có mục nào",
    "Select all": "Chọn tất cả",
    "Clear all": "Bỏ chọn tất cả",
    "Clear value": "Xóa",
    "Press Enter to apply": "Nhấn Enter để áp dụng",
    "Press Enter to submit form": "Nhấn Enter để gửi",
    "Press ⌘+Enter to apply": "Nhấn ⌘+Enter để áp dụng",
    "Press Ctrl+Enter to apply": "Nhấn Ctrl+Enter để áp dụng",
    "Fullscreen": "Toàn màn hình",
    "View fullscreen": "Xem toàn màn hình",
    "Close fullscreen": "Thoát toàn màn hình",
    "Download": "Tải xuống",
    "Search": "Tìm",
    "Zoom in": "Phóng to",
    "Zoom out": "Thu nhỏ",
    "Pan": "Di chuyển",
    "Zoom": "Phóng to vùng chọn",
    "Reset axes": "Về ban đầu",
    "Autoscale": "Vừa khung",
    "Download plot as a PNG": "Tải hình PNG",
    "Page not found": "Không có trang này",
    "Connection error": "Mất kết nối",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Mất kết nối với máy chủ. Hãy chờ kết nối lại rồi thử lại.",
    "Network error": "Lỗi mạng",
    "Reconnected to server.": "Đã kết nối lại.",
    "Please wait...": "Xin chờ…",
    "Link to heading": "Liên kết đến tiêu đề",
  };
  const PATTERNS = [
    [/^(?:Limit )?([\d.]+) ?([KMG]B) per file(?: • (.+))?$/, (all, size, unit, kinds) =>
      (kinds ? `${kinds}, ` : "") + "tối đa 10 MB"],
    [/^File must be ([\d.]+)([KMG]B) or smaller\.?$/, "Tệp lớn hơn $1 $2 nên không tải lên được (tối đa 10 MB)."],
    [/^(.+) files are not allowed\.?$/, "Không nhận tệp $1."],
    [/^Remove (.+)$/, "Bỏ $1"],
    [/^Select (\d+) matches$/, "Chọn cả $1 mục tìm được"],
    [/^The page that you have requested does not seem to exist\..*$/, "Địa chỉ này không có trang nào; đây là trang đầu."],
  ];
  const NAMES = ["aria-label", "title", "placeholder", "alt"];

  const inVietnamese = (text) => {
    const plain = text.trim();
    if (!plain || plain.length > 160) return null;
    if (Object.hasOwn(WORDS, plain)) return WORDS[plain];
    for (const [form, words] of PATTERNS) if (form.test(plain)) return plain.replace(form, words);
    return null;
  };
  const isOwnHtml = (element) => element.closest?.(".stHtml, svg, canvas, script, style");

  const wordText = (node) => {
    const found = inVietnamese(node.nodeValue);
    if (found !== null && found !== node.nodeValue) node.nodeValue = found;
  };
  const wordAttributes = (element) => {
    for (const name of NAMES) {
      const value = element.getAttribute(name);
      const found = value ? inVietnamese(value) : null;
      if (found !== null && found !== value) element.setAttribute(name, found);
    }
  };
  const wordTree = (root) => {
    if (root.nodeType === Node.TEXT_NODE) {
      if (root.parentElement && !isOwnHtml(root.parentElement)) wordText(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || isOwnHtml(root)) return;
    wordAttributes(root);
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node.nodeType === Node.ELEMENT_NODE && node.matches(".stHtml, svg, canvas, script, style")
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_ACCEPT,
    });
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) wordText(node);
      else wordAttributes(node);
    }
  };

  const follow = () => {
    const asked = query().get("lang");
    const lang = asked === "vi" || asked === "en" ? asked : document.documentElement.lang;
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
    return lang === "vi";
  };

  const start = () => {
    if (follow()) wordTree(document.body);
    new MutationObserver((changes) => {
      const vietnamese = follow();
      for (const change of changes) {
        if (!vietnamese) break;
        if (change.type === "attributes") {
          if (!isOwnHtml(change.target)) wordAttributes(change.target);
        } else if (change.type === "characterData") {
          wordTree(change.target);
        } else {
          change.addedNodes.forEach(wordTree);
        }
      }
      leave();
      restoreFocus();
      followHash();
    }).observe(document.body, {
      childList: true,
      characterData: true,
      subtree: true,
      attributes: true,
      attributeFilter: NAMES,
    });
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
