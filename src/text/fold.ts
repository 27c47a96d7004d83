import { Converter, ConverterFactory, type DictGroup, Locale } from "opencc-js/t2cn";

/**
 * Words of the table of Taiwanese words that the mainland writes as well, character by character, and often in another sense: 啟用 is 启用 and
 * not 激活, 通訊員 no 通信员, 資料 no 数据. Longer words that hold one keep their own entry (資料庫 → 数据库).
 */
const SHARED_WORDS =
  "執行 資料 裝置 指標 通訊 聯絡 檔案 儲存 查詢 啟用 傳送 複製 互動 互動式 列舉 即時 設定 開啟 載入 匯入 匯出 連結 連線 離線 線上 叮噹 叮叮噹噹 外掛 變數 類比 取樣 陣列 檢視 過載 高階 低階 進階 存檔 截圖 擴音 回撥 觸控 腦梗塞 自閉症 愛荷華 愛荷華州".split(
    " ",
  );

const toSimplifiedGlyphs = Converter({ from: "t", to: "cn" });
const toMainlandWords = ConverterFactory(
  // of two entries for one word, the first counts
  ...(Locale.from.twp ?? []).map((group: DictGroup) => [
    SHARED_WORDS.map((word) => [word, word] as const),
    ...group,
  ]),
  ...(Locale.to.cn ?? []),
);

/**
 * The form in which texts and questions are compared: NFKC (full-width letters and digits become half-width), lower case,
 * simplified characters, Taiwanese words written in traditional ones as mainland words (資訊 → 信息). For searching only;
 * lengths may change, so offsets in it mean nothing in the original.
 */
export function fold(text: string): string {
  return simplify(text.normalize("NFKC").toLowerCase());
}

/**
 * The word tables also change words that both sides of the strait use (支援 → 支持): a word is changed only where a glyph of
 * it was traditional.
 */
function simplify(text: string): string {
  const glyphs = toSimplifiedGlyphs(text);
  if (glyphs === text) return text;
  const words = toMainlandWords(text);
  if (words.length !== text.length || glyphs.length !== text.length) return glyphs;
  let result = "";
  for (let start = 0; start < text.length; ) {
    let end = start + 1;
    const differs = words[start] !== glyphs[start];
    while (end < text.length && (words[end] !== glyphs[end]) === differs) end++;
    const isTraditional = text.slice(start, end) !== glyphs.slice(start, end);
    result += (differs && isTraditional ? words : glyphs).slice(start, end);
    start = end;
  }
  return result;
}

const foldedCharacters = new Map<string, string>();

/** Like `fold`, one character at a time, so that offsets stay those of the original. Knows no words: 資訊 → 资讯. */
export function foldAligned(text: string): string {
  let result = "";
  for (const character of text) {
    let folded = foldedCharacters.get(character);
    if (folded === undefined) {
      folded = fold(character);
      if (folded.length !== character.length) folded = character;
      foldedCharacters.set(character, folded);
    }
    result += folded;
  }
  return result;
}
