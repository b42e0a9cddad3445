//! What nobody sees on a web page, and what stands in its input boxes.

use nianbao::import::read::{self, html};
use nianbao::import::source::{Source, UNREAD};

fn cells(source: &Source) -> Vec<String> {
    let table = source.tables().next().unwrap();
    table.cells.iter().map(|cell| cell.text.clone()).collect()
}

fn page(head: &str, body: &str) -> Source {
    html::read_text(&format!(
        "<html><head>{head}</head><body>{body}</body></html>"
    ))
    .unwrap()
}

/// What stands in the second cell of a row.
fn cell(head: &str, content: &str) -> String {
    let source = page(
        head,
        &format!("<table><tr><td>规章</td><td>{content}</td></tr></table>"),
    );
    let cells = cells(&source);
    assert_eq!(cells[0], "规章", "{content}");
    assert_eq!(cells.len(), 2, "{content}");
    cells[1].clone()
}

#[test]
fn hidden_parts_of_pages_are_left_out() {
    let sheet = "<style>.x, td.y {display:none} #z{visibility:hidden} .outer em{font-size:0}\n@media print{.p{display:none}}</style>";
    for hidden in [
        "<span style='display:none'>9</span>",
        "<span style='DISPLAY : None !important'>9</span>",
        "<span hidden>9</span>",
        "<span class='a x'>9</span>",
        "<b id=z>9</b>",
        "<span style='font-size:0'>9</span>",
        "<span style='visibility:hidden'>9</span>",
        "<span style='opacity:0'>9</span>",
        "<span style='color:transparent'>9</span>",
        "<i class=outer><em>9</em></i>",
        "<span style='position:absolute;left:-9999px'>9</span>",
        "<span style='mso-hide:all'>9</span>",
        "<span style='text-decoration:line-through'>9</span>",
        "<del>9</del>",
        "<p style='display:none'>9<p>",
        "<div style='display:none'><div>9</div>9</div>",
        "<span style='display:none'><span>9</span>9</span>",
        "<ruby><rt>9</rt></ruby>",
        "<dialog>9</dialog>",
        "<template>9</template>",
        "<input type=hidden value=9>",
    ] {
        assert_eq!(cell(sheet, &format!("{hidden}23")), "23", "{hidden}");
    }
    for seen in [
        "<span style='display:block'>9</span>",
        "<span class=y>9</span>",
        "<span class=p>9</span>",
        "<span class=x style='display:inline'>9</span>",
        "<span style='font-size:0'><span style='font-size:14px'>9</span></span>",
        "<span style='visibility:hidden'><b style='visibility:visible'>9</b></span>",
        "<em>9</em>",
    ] {
        assert_eq!(cell(sheet, seen), "9", "{seen}");
    }
}

#[test]
fn text_in_the_colour_of_what_lies_behind_it_is_not_seen() {
    let sheet = "<style>.w{color:white} .d{background:#1f3864} .own td{color:#fff;background-color:rgb(255, 255, 255)}</style>";
    for hidden in [
        "<span style='color:#fff'>9</span>",
        "<font color=white>9</font>",
        "<font color='#FDFDFD'>9</font>",
        "<span class=w>9</span>",
        "<span style='color:rgb(255,255,255)'>9</span>",
        "<span style='color:#ddd;background:#ddd'>9</span>",
        "<span style='color:rgba(0, 0, 0, 0)'>9</span>",
    ] {
        assert_eq!(cell(sheet, &format!("{hidden}23")), "23", "{hidden}");
    }
    for seen in [
        "<span class='w d'>9</span>",
        "<p class=d><span class=w>9</span></p>",
        "<p style='background:url(a.png)'><span class=w>9</span></p>",
        "<span class=w style='color:#333'>9</span>",
        "<span style='color:var(--a)'>9</span>",
    ] {
        assert_eq!(cell(sheet, seen), "9", "{seen}");
    }
    let dark = "<table><tr bgcolor='#003366'><td>规章</td><td><font color='#ffffff'>9</font></td></tr></table>";
    assert_eq!(cells(&page("", dark)), ["规章", "9"]);
    // Another style sheet may put something behind it.
    let linked = format!("{sheet}<link rel=stylesheet href=a.css>");
    assert!(cell(&linked, "<b class=w>9</b>").contains(UNREAD));
}

#[test]
fn marks_of_notes_are_no_digits_of_a_number() {
    let sheet = "<style>.fn{vertical-align:super;font-size:60%} td{vertical-align:3px}</style>";
    for mark in [
        "<sup>1</sup>",
        "<sub>1</sub>",
        "<small>1</small>",
        "<a class=fn href=#a>1</a>",
        "<span style='vertical-align:super'>1</span>",
        "<span style='vertical-align:4px'>1</span>",
        "<span class=fn><b>1</b></span>",
    ] {
        assert_eq!(cell(sheet, &format!("23{mark}")), "23[1]", "{mark}");
    }
    for number in [
        "<small>23</small>",
        "<span style='vertical-align:middle'>23</span>",
        "<span style='vertical-align:baseline'>23</span>",
    ] {
        assert_eq!(cell(sheet, number), "23", "{number}");
    }
}

#[test]
fn what_a_page_puts_in_by_itself_is_not_blank() {
    let sheet = "<style>.a::before{content:attr(data-n)} .b:after{content:'7'} .c::before{content:'\\e60a'} .d::after{content:''}</style>";
    for unread in [
        "<script>document.write(12)</script>",
        "<span class=a data-n=12></span>",
        "<i class=b></i>",
        "<progress value=12 max=20>12</progress>",
        "<bdo dir=rtl>21</bdo>",
        "<span style='unicode-bidi:bidi-override;direction:rtl'>21</span>",
        "<s>12</s>",
    ] {
        assert!(cell(sheet, unread).contains(UNREAD), "{unread}");
    }
    for seen in ["<i class=c></i>23", "<i class=d></i>23", "<s>12</s>23"] {
        assert_eq!(cell(sheet, seen), "23", "{seen}");
    }
}

#[test]
fn hidden_rows_and_cells_take_no_place() {
    let row = |attribute: &str, number: &str| format!("<tr {attribute}><td>规章<td>{number}");
    for hidden in ["style='display:none'", "hidden", "class=h"] {
        let body = format!("<table>{}{}</table>", row(hidden, "99"), row("", "23"));
        let source = page("<style>.h{display:none}</style>", &body);
        assert_eq!(cells(&source), ["规章", "23"], "{hidden}");
        let body = format!("<table><tr><td {hidden}>99</td><td>规章</td><td>23</td></tr></table>");
        let source = page("<style>.h{display:none}</style>", &body);
        assert_eq!(cells(&source), ["规章", "23"], "{hidden}");
        let body = format!(
            "<table {hidden}><tr><td>规章<td>9</table><div {hidden}><table><tr><td>8</table></div><table><tr><td>规章<td>23</table>"
        );
        let source = page("<style>.h{display:none}</style>", &body);
        assert_eq!(
            (cells(&source), source.tables().count()),
            (vec!["规章".to_owned(), "23".to_owned()], 1)
        );
    }
    // A cell that is only invisible keeps its place, and its number is not nothing.
    for (unseen, kept) in [("99", "\u{FFFC}"), ("0", ""), ("序", "")] {
        let source = page(
            "",
            &format!("<table><tr><td style='visibility:hidden'>{unseen}<td>规章<td>23</table>"),
        );
        assert_eq!(cells(&source), [kept, "规章", "23"]);
    }
}

#[test]
fn input_boxes_are_read_or_told() {
    let unread = UNREAD.to_string();
    for (content, wanted) in [
        ("<input value='23'>", "23"),
        ("<input type=number value=23 />", "23"),
        ("<textarea>23</textarea>", "23"),
        ("<select><option>1<option selected>23</select>", "23"),
        ("<select><option>23<option>1</select>", "23"),
        ("<input>", &unread),
        ("<textarea></textarea>", &unread),
        (
            "<select multiple><option>1<option selected>2</select>",
            &unread,
        ),
        ("<img src=a.png>", &unread),
        ("<img src=spacer.gif width=1 height=1>", ""),
        ("23<img src=a.png>", "23"),
        ("<svg><text>23</text></svg>", &unread),
        ("2<math><mn>3</mn></math>", &format!("2{unread}")),
        ("<canvas></canvas>", &unread),
        ("<input style='display:none'>", ""),
    ] {
        assert_eq!(cell("", content), wanted, "{content}");
    }
    // Outside of tables nothing is made of them.
    let source = page("", "<p>搜索<input><img src=a.png></p>");
    assert_eq!(source.parts[0].text(), Some("搜索"));
}

#[test]
fn rows_stand_where_browsers_show_them() {
    let source = page(
        "",
        "<table><tfoot><tr><td>总计<td>3</tfoot><tbody><tr><td rowspan=5>甲<td>1</tbody><tbody><tr><td>乙<td>2</tbody><thead><tr><td>名<td>数</thead></table>",
    );
    assert_eq!(
        cells(&source),
        ["名", "数", "甲", "1", "乙", "2", "总计", "3"]
    );
    let table = source.tables().next().unwrap();
    assert!(table.cells.iter().all(|cell| cell.rows == 1), "{table:?}");
}

#[test]
fn one_absurd_span_does_not_spoil_the_table() {
    let source = page(
        "",
        "<table><tr><td colspan=1000>表<tr><td>规章<td>1<td>2<tr><td colspan=5000>注<td>末</table>",
    );
    let table = source.tables().next().unwrap();
    assert_eq!(table.cols, 4);
    let places: Vec<_> = table
        .cells
        .iter()
        .map(|cell| (cell.row, cell.col, cell.cols))
        .collect();
    assert_eq!(
        places,
        [
            (0, 0, 3),
            (1, 0, 1),
            (1, 1, 1),
            (1, 2, 1),
            (2, 0, 3),
            (2, 3, 1)
        ]
    );
}

#[test]
fn a_page_saved_as_one_file_is_read_in_its_coding() {
    let (page, _, _) = encoding_rs::GBK.encode("<table><tr><td>规章<td>23</table>");
    let hex: String = page.iter().map(|byte| format!("={byte:02X}")).collect();
    for (coding, body) in [
        ("quoted-printable", hex.into_bytes()),
        ("8bit", page.to_vec()),
    ] {
        let mut mail = format!("From: <Saved>\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: {coding}\r\n\r\n").into_bytes();
        mail.extend(body);
        mail.extend(b"\r\n--b--\r\n");
        assert_eq!(
            cells(&read::read(&mail).unwrap()),
            ["规章", "23"],
            "{coding}"
        );
    }
}

#[test]
fn comma_separated_text_is_a_table_and_prose_is_none() {
    let table = "指标,甲,乙,\"丙,丁\"\n规章,1,2,3\n\"行政\n许可\",4,5,6\n处罚,7,,9\n强制,1,1,1\n收费,2,2,2\n其他,3,3,3\n";
    for bytes in [
        table.as_bytes().to_vec(),
        encoding_rs::GBK.encode(table).0.into_owned(),
        table
            .replace(',', ";")
            .replace("丙;丁", "丙,丁")
            .into_bytes(),
    ] {
        let source = read::read(&bytes).unwrap();
        let rows = source.tables().next().unwrap().own_cells();
        assert_eq!(rows[0], ["指标", "甲", "乙", "丙,丁"]);
        assert_eq!(rows[2], ["行政\n许可", "4", "5", "6"]);
        assert_eq!(rows[3], ["处罚", "7", "", "9"]);
    }
    let prose = "一、总体情况\n全年公开1,234条,比上年多。\n二、存在问题\n公开不够,解读不多,平台不便,力量不足。\n三、下一步\n加强。\n";
    assert_eq!(read::read(prose.as_bytes()).unwrap().tables().count(), 0);
}

#[test]
fn rules_for_places_among_others_are_followed() {
    let rows = "<table><tr><td>规章</td><td>9</td><td>23</td></tr><tr><td>文件</td><td>8</td><td>24</td></tr></table>";
    let read = |rule: &str| cells(&page(&format!("<style>{rule}</style>"), rows));
    let second_gone = ["规章", "23", "文件", "24"];
    for rule in [
        "td:nth-child(2){display:none}",
        "tr > td:nth-child( 2n ){display:none}",
        "td:nth-of-type(-n+2):not(:first-child){display:none}",
    ] {
        assert_eq!(read(rule), second_gone, "{rule}");
    }
    assert_eq!(read("tr:nth-child(2){display:none}"), ["规章", "9", "23"]);
    // Which one is the last is known only behind it.
    let perhaps = |text: &str| format!("{UNREAD}{text}");
    for rule in [
        "td:last-child{display:none}",
        "td + td:nth-last-child(1){display:none}",
    ] {
        let cells = read(rule);
        assert!(cells.contains(&perhaps("23")), "{rule}: {cells:?}");
    }
    for rule in [
        "td:hover{display:none}",
        "td::before{display:none}",
        "td:last-child{color:red}",
        "[hidden]{display:none}",
        "td:empty{display:none}",
    ] {
        assert_eq!(read(rule), ["规章", "9", "23", "文件", "8", "24"], "{rule}");
    }
}

#[test]
fn numbers_of_lists_are_read_as_browsers_show_them() {
    let lines = |head: &str, body: &str| {
        let source = page(head, body);
        let texts = source.parts.iter().filter_map(|part| part.text());
        texts.map(str::to_owned).collect::<Vec<_>>()
    };
    let list =
        |begin: &str| format!("{begin}<li>甲</li><li>乙<ol><li>丙</ol><li>丁</ol><ol><li>戊</ol>");
    assert_eq!(
        lines("", &list("<ol>")),
        ["1.甲", "2.乙", "1.丙", "3.丁", "1.戊"]
    );
    assert_eq!(lines("", &list("<ul>")), ["甲", "乙", "1.丙", "丁", "1.戊"]);
    let numbered = [
        ("<ol start=5>", "6.乙"),
        ("<ol type=A>", "B.乙"),
        ("<ol style='list-style-type:cjk-ideographic'>", "二、乙"),
        ("<ol style='list-style:none'>", "乙"),
        ("<ul style='list-style:decimal inside'>", "2.乙"),
        ("<ol class=nav>", "乙"),
        ("<ol class=flat>", "乙"),
    ];
    let sheet = "<style>.nav{list-style:none} .flat li{display:inline-block}</style>";
    for (begin, second) in numbered {
        assert_eq!(lines(sheet, &list(begin))[1], second, "{begin}");
    }
    assert_eq!(lines("", "<ol><li value=7>甲<li>乙</ol>"), ["7.甲", "8.乙"]);
    // In a cell the number of an item is none of the report's.
    assert_eq!(cell("", "<ol><li>23</li></ol>"), "1.23");
    // What counts down is known only behind it.
    assert_eq!(
        cell("", "<ol reversed><li>甲</li></ol>"),
        format!("{UNREAD}甲")
    );
}

#[test]
fn a_column_that_is_left_out_is_told() {
    let rows = "<tr><td>甲</td><td>乙</td></tr><tr><td>3</td><td>4</td></tr>";
    let read = |columns: &str| cells(&page("", &format!("<table>{columns}{rows}</table>")));
    let unread = UNREAD.to_string();
    for columns in [
        "<col><col style='visibility:collapse'>",
        "<colgroup><col><col style='visibility:collapse'></colgroup>",
        "<colgroup span=1></colgroup><colgroup span=1 style='visibility:collapse'>",
    ] {
        assert_eq!(read(columns), ["甲", "乙", "3", &unread], "{columns}");
    }
    assert_eq!(read("<col><col class=a>"), ["甲", "乙", "3", "4"]);
}
