/**
 * The 100 most common surnames of China (Ministry of Public Security, 2020) and frequent rarer and two-character ones:
 * a person's name is a surname and one or two characters.
 */
export const SURNAMES = new Set([
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤",
  ..."殷骆倪樊齐鲁管安施俞柳葛岑章阮褚卫游柯冉辛祝霍翁瞿庄尤欧聂温康牛岳耿关兰左焦甘宁穆裴席包凌舒梅洪季古纪屈项涂路应司费卓解娄成彦米靳娜詹巫简",
  "欧阳",
  "上官",
  "司马",
  "诸葛",
  "皇甫",
  "东方",
  "慕容",
  "令狐",
]);
