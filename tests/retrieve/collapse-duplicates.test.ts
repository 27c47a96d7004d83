import { describe, expect, it } from "vitest";
import type { Passage } from "../../src/chunk/passage.ts";
import { collapseDuplicates } from "../../src/retrieve/collapse-duplicates.ts";
import type { Hit } from "../../src/retrieve/hit.ts";

const NEWS =
  "六月一日，县图书馆新馆正式向读者开放，新馆面积是老馆的三倍，藏书二十六万册。馆长周敏说，开放首日有一千八百多人办理了借书证，不少家长带着孩子排队等候。";
const OTHER =
  "五月三十日，市博物馆举办夜游活动，展出青铜器一百二十件。活动持续到九月底，每晚九点半闭馆，观众可以在网上预约。";

describe("collapseDuplicates", () => {
  it("keeps the better hit where another article prints the same", () => {
    const hits = [hit("晚报", NEWS, 3), hit("日报", NEWS, 2), hit("博物馆", OTHER, 1)];
    expect(idsOf(collapseDuplicates(hits, 10))).toEqual(["晚报", "博物馆"]);
  });

  it("sees through a changed headline, other punctuation and traditional characters", () => {
    const reprinted = `本报讯 ${NEWS.replaceAll("，", ",").replace("不少", "许多").replaceAll("图书馆", "圖書館")}`;
    expect(idsOf(collapseDuplicates([hit("晚报", NEWS, 3), hit("日报", reprinted, 2)], 10))).toEqual([
      "晚报",
    ]);
  });

  it("keeps two reports of the same thing in other words", () => {
    const retold =
      "县图书馆新馆6月1日开门迎客。据馆长周敏介绍，头一天就办出一千八百多张借书证，馆内共有二十六万册书，比老馆大了两倍。";
    expect(idsOf(collapseDuplicates([hit("晚报", NEWS, 3), hit("电视台", retold, 2)], 10))).toHaveLength(2);
  });

  it("keeps passages that repeat within one article, and short ones that may be alike by chance", () => {
    const twice = [
      hit("晚报", NEWS, 3),
      { ...hit("晚报", NEWS, 2), passage: { ...passage("晚报", NEWS), id: "晚报#2" } },
    ];
    expect(collapseDuplicates(twice, 10)).toHaveLength(2);
    expect(
      collapseDuplicates([hit("甲", "本报讯记者李明报道。", 2), hit("乙", "本报讯记者李明报道。", 1)], 10),
    ).toHaveLength(2);
  });

  it("fills the list with what follows, in its order", () => {
    const hits = [hit("晚报", NEWS, 4), hit("日报", NEWS, 3), hit("博物馆", OTHER, 2), hit("周刊", NEWS, 1)];
    expect(idsOf(collapseDuplicates(hits, 2))).toEqual(["晚报", "博物馆", "周刊"]);
  });
});

function hit(articleId: string, text: string, score: number): Hit {
  return { passage: passage(articleId, text), score, ranks: {} };
}

function passage(articleId: string, text: string): Passage {
  const span = { start: 0, end: text.length };
  return { id: `${articleId}#0-${text.length}`, articleId, title: articleId, headings: [], span, text };
}

function idsOf(hits: readonly Hit[]): string[] {
  return hits.map(({ passage: { articleId } }) => articleId);
}
