//! Characters of the official words as they are written in Hong Kong, Macau and Taiwan, and by editors that turn a page
//! into traditional characters (繁体).

use std::collections::HashMap;
use std::sync::OnceLock;

/// Each traditional form, then the simplified one. Only characters that headings, labels and titles have.
const PAIRS: &str = "規规範范許许處处罰罚強强製制發发廢废現现數数據据單单萬万項项條条內内費费額额業业機机關关構构織织組组總总計计會会\
務务結结轉转辦办開开區区祕秘國国審审穩稳護护權权屬属類类過过執执詢询無无沒没補补訪访舉举報报複复復复訴诉訟讼維维\
糾纠經经題题進进況况動动認认獲获應应時时對对與与後后資资訊讯還还為为於于個个產产來来樣样長长門门當当請请書书圖图\
網网絡络庫库檔档際际學学實实責责質质檢检標标準准達达運运輸输銀银錢钱價价級级統统縣县鄉乡鎮镇廳厅黨党員员團团廣广\
東东環环農农衛卫體体華华聯联豐丰濱滨橋桥龍龙園园寧宁陽阳陰阴雲云蘭兰島岛灣湾嶺岭漢汉濟济滬沪蘇苏贛赣遼辽瓊琼慶庆\
貴贵廈厦興兴義义電电視视聽听傳传歷历曆历屆届層层問问難难徵征測测試试訓训調调論论設设評评議议諮咨誤误講讲謝谢證证\
識识譯译讓让賬账購购買买賣卖負负財财貨货貿贸賠赔賽赛較较輔辅輕轻辭辞適适選选遞递遲迟郵邮釋释鐵铁鑑鉴錄录閉闭閱阅\
陸陆陳陈隨随險险隱隐隻只雙双離离靜静響响頁页順顺須须預预領领頭头頻频顧顾顯显風风飛飞養养餘余館馆駐驻騙骗驗验驚惊\
點点齊齐齡龄們们伕夫佈布係系俠侠倉仓備备傷伤僅仅僑侨億亿儀仪儘尽優优兒儿兩两冊册凍冻劃划創创劑剂劇剧勞劳勝胜勢势\
勵励勸劝匯汇協协參参嚴严圍围場场塊块墊垫壓压壞坏夠够奪夺婦妇孫孙宮宫寫写寶宝專专將将導导屍尸岡冈師师帳帐帶带幣币\
幫帮幾几廠厂張张彈弹錯错徑径從从態态慮虑慣惯憑凭懲惩戶户拋抛挾挟捨舍掃扫採采揚扬換换搶抢損损擁拥擇择擊击擔担擴扩\
攝摄敗败敘叙斷断晝昼暫暂曉晓楊杨極极榮荣樂乐樓楼樹树歐欧歡欢歲岁殘残殺杀氣气決决淨净減减溝沟滅灭滿满漁渔潔洁澤泽\
濕湿災灾烏乌熱热營营爭争爾尔牆墙犧牺狀状獎奖獨独獻献畢毕畫画療疗癥症盜盗監监盤盘眾众睏困確确碼码礎础禮礼禦御種种\
稱称積积穫获窮穷競竞筆笔節节簡简簽签糧粮紀纪約约紅红納纳純纯紙纸細细終终絕绝給给絲丝綜综綠绿緊紧線线緣缘編编練练\
緩缓縮缩績绩繼继續续\
欄栏見见記记話话語语說说説说讀读趨趋載载這这連连間间聞闻繳缴臺台彙汇裡里裏里託托掛挂羣群爲为産产査查戸户啟启則则";

/// A traditional character in its simplified form; any other as it is.
pub fn simplified(c: char) -> char {
    static FORMS: OnceLock<HashMap<char, char>> = OnceLock::new();
    // Most characters of a Chinese text are asked for: the first look must be cheap.
    if c.is_ascii() {
        return c;
    }
    let forms = FORMS.get_or_init(|| {
        let characters: Vec<char> = PAIRS.chars().collect();
        characters
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .collect()
    });
    forms.get(&c).copied().unwrap_or(c)
}
