//! What nobody sees in a spreadsheet, numbers as they are shown, and results that were not kept.

use super::readers_support::zipped;
use crate::support::fixture;
use nianbao::import::read;
use nianbao::import::source::Source;

fn rows(source: &Source) -> Vec<Vec<String>> {
    source.tables().next().unwrap().own_cells()
}

/// A workbook with one sheet.
fn book(workbook: &str, sheet: &str, styles: &str) -> Vec<u8> {
    zipped(&[
        (
            "xl/workbook.xml",
            &format!("<workbook><sheets><sheet name='a' r:id='r'/></sheets>{workbook}</workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<R><Relationship Id='r' Target='worksheets/sheet1.xml'/></R>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet>{sheet}</worksheet>"),
        ),
        (
            "xl/styles.xml",
            &format!("<styleSheet>{styles}</styleSheet>"),
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><r><t>规</t></r><r><rPr><strike/></rPr><t>9</t></r><r><t>章_x000D_</t></r></si></sst>",
        ),
    ])
}

fn data(rows: &str) -> String {
    format!("<sheetData>{rows}</sheetData>")
}

#[test]
fn hidden_rows_and_columns_of_workbooks_are_left_out() {
    let cells =
        "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c><c r='C1'><v>3</v></c></row>";
    let more = |attributes: &str| {
        format!(
            "{cells}<row r='2' {attributes}><c r='A2'><v>4</v></c><c r='B2'><v>5</v></c><c r='C2'><v>6</v></c></row><row r='3'><c r='A3'><v>7</v></c><c r='B3'><v>8</v></c><c r='C3'><v>9</v></c></row>"
        )
    };
    let read = |sheet: &str| rows(&read::read(&book("", sheet, "")).unwrap());
    for hidden in ["hidden='1'", "ht='0' customHeight='1'", "hidden='true'"] {
        assert_eq!(
            read(&data(&more(hidden))),
            [["1", "2", "3"], ["7", "8", "9"]],
            "{hidden}"
        );
    }
    for hidden in ["hidden='1'", "width='0'"] {
        let sheet = format!(
            "<cols><col min='2' max='2' {hidden}/></cols>{}",
            data(&more(""))
        );
        assert_eq!(
            read(&sheet),
            [["1", "3"], ["4", "6"], ["7", "9"]],
            "{hidden}"
        );
    }
    // A merged cell of which a part is seen stays.
    let sheet = format!(
        "{}<mergeCells><mergeCell ref='A2:A3'/></mergeCells>",
        data(&more("hidden='1'"))
    );
    assert_eq!(read(&sheet), [["1", "2", "3"], ["4", "8", "9"]]);
}

#[test]
fn cells_of_workbooks_are_read_as_they_are_shown() {
    let styles = "<numFmts><numFmt numFmtId='164' formatCode=';;;'/><numFmt numFmtId='165' formatCode='0!.0,'/>\
        <numFmt numFmtId='166' formatCode='[&gt;=10000]0!.0,&quot;万&quot;;0'/><numFmt numFmtId='167' formatCode='0!.0000'/>\
        <numFmt numFmtId='168' formatCode='&quot;12&quot;'/><numFmt numFmtId='169' formatCode='**;**;**'/><numFmt numFmtId='170' formatCode='[&gt;0]&quot;&quot;;0'/>\
        <numFmt numFmtId='171' formatCode='[White]0'/><numFmt numFmtId='172' formatCode='0;-0;&quot;-&quot;'/></numFmts>\
        <fonts><font/><font><color rgb='FFFFFFFF'/></font><font><strike/></font><font><color rgb='FFFFFF00'/></font></fonts>\
        <fills><fill><patternFill patternType='none'/></fill><fill><patternFill patternType='solid'><fgColor rgb='FF1F3864'/></patternFill></fill><fill><patternFill patternType='solid'><fgColor rgb='FFFFFF00'/></patternFill></fill></fills>\
        <cellXfs><xf/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf fontId='1'/><xf fontId='1' fillId='1'/><xf fontId='2'/><xf numFmtId='167'/>\
        <xf numFmtId='168'/><xf numFmtId='169'/><xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='172'/><xf fontId='3' fillId='2'/></cellXfs>";
    let cell = |style: usize, value: &str| {
        let sheet = data(&format!(
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='{style}'><v>{value}</v></c><c r='C1'><v>1</v></c></row>"
        ));
        let rows = rows(&read::read(&book("", &sheet, styles)).unwrap());
        assert_eq!(rows[0][0], "规章");
        rows[0][1].clone()
    };
    for (style, value, shown) in [
        (0, "22.9999999999996", "23"),
        (0, "59237.2449", "59237.2449"),
        (0, "0.30000000000000004", "0.3"),
        (1, "23", "□"),
        (1, "0", ""),
        (2, "1265000", "126.5"),
        (2, "4000", "0.4"),
        (3, "123456", "12.3万"),
        (3, "56", "56"),
        (4, "9", "□"),
        (4, "0", ""),
        (5, "9", "9"),
        (6, "9", "□"),
        (7, "1265000", "126.5000"),
        (7, "5", "0.0005"),
        (8, "23", "□"),
        (9, "23", "□"),
        (10, "23", "□"),
        (10, "0", "0"),
        (11, "23", "□"),
        (12, "0", "0"),
        (12, "5", "5"),
        (13, "9", "□"),
    ] {
        assert_eq!(cell(style, value), shown, "{style}: {value}");
    }
    let looks = "<dxfs><dxf><font><color rgb='FFFFFFFF'/></font></dxf><dxf><numFmt numFmtId='180' formatCode=';;;'/></dxf>\
        <dxf><fill><patternFill><bgColor rgb='FFFFC7CE'/></patternFill></fill></dxf></dxfs>";
    for (look, rule, shown) in [
        (0, "type='cellIs' operator='greaterThan'", ["0", "□"]),
        (1, "type='cellIs' operator='equal'", ["", "7"]),
        (2, "type='cellIs' operator='greaterThan'", ["0", "7"]),
        (0, "type='expression'", ["□", "□"]),
    ] {
        let sheet = format!(
            "{}<conditionalFormatting sqref='B1:C1'><cfRule {rule} dxfId='{look}'><formula>0</formula></cfRule></conditionalFormatting>",
            data(
                "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>0</v></c><c r='C1'><v>7</v></c><c r='D1'><v>2</v></c></row>"
            )
        );
        let row = &rows(&read::read(&book("", &sheet, looks)).unwrap())[0];
        assert_eq!(row[1..3], shown, "{look} {rule}");
    }
    let zeros = format!(
        "<sheetViews><sheetView showZeros='0'/></sheetViews>{}",
        data("<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>0</v></c><c r='C1'><v>2</v></c></row>")
    );
    assert_eq!(
        rows(&read::read(&book("", &zeros, "")).unwrap()),
        [["1", "", "2"]]
    );
}

/// Conditions and formats that hide a number, or show something else in its place, in three kinds of workbook.
#[test]
fn a_number_that_nobody_sees_is_unread_in_every_kind_of_workbook() {
    for ending in ["xlsx", "xls", "ods"] {
        let bytes = std::fs::read(fixture(&format!("readers/conditions.{ending}"))).unwrap();
        let rows = rows(&read::read(&bytes).unwrap());
        // LibreOffice writes no formats of numbers for the conditions of an old workbook.
        let formatted = if ending == "xls" { "5" } else { "□" };
        let first = ["甲", "□", "0", formatted, "15", "□", "8", "300"];
        assert_eq!(rows[0], first, "{ending}");
        // The mark before a sign is another's in LibreOffice.
        let scaled = match ending {
            "xlsx" => "126.5",
            "xls" => "1265.0!",
            _ => "1265!.0",
        };
        let second = ["乙", "□", "□", "", scaled, "40%", "□", "□"];
        assert_eq!(rows[1], second, "{ending}");
        assert_eq!(rows[2][..2], ["丙", "4"], "{ending}");
        // A row of which nothing is seen is not there.
        let last = rows.get(3).into_iter().flatten();
        assert!(last.clone().all(String::is_empty), "{ending}: {rows:?}");
    }
}

/// Bars and signs that stand for numbers.
#[test]
fn a_bar_or_a_sign_in_place_of_a_number_is_unread() {
    for (rule, shown) in [
        (
            "<cfRule type='dataBar'><dataBar showValue='0'/></cfRule>",
            "□",
        ),
        ("<cfRule type='dataBar'><dataBar/></cfRule>", "7"),
        (
            "<cfRule type='iconSet'><iconSet showValue='false'/></cfRule>",
            "□",
        ),
    ] {
        let sheet = format!(
            "{}<conditionalFormatting sqref='B1'>{rule}</conditionalFormatting>",
            data("<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>7</v></c></row>")
        );
        let row = &rows(&read::read(&book("", &sheet, "")).unwrap())[0];
        assert_eq!(row[1], shown, "{rule}");
    }
}

#[test]
fn results_that_were_not_kept_are_worked_out_or_told() {
    let unread = "□".to_owned();
    let calc = "<calcPr fullCalcOnLoad='1'/>";
    for (workbook, cell, shown) in [
        ("", "<f>20+3</f>", "23"),
        ("", "<f>SUM(A1:A1)+1</f><v></v>", "6"),
        ("", "<f>VLOOKUP(1,A1:A9,1)</f>", unread.as_str()),
        ("", "<f>20+3</f><v>7</v>", "7"),
        (calc, "<f>20+3</f><v>0</v>", "23"),
        (calc, "<f>VLOOKUP(1,A1:A9,1)</f><v>7</v>", unread.as_str()),
        (calc, "<f>IF(COUNT(D1:D9)=0,\"\",1)</f><v>0</v>", ""),
        (calc, "<v>7</v>", "7"),
    ] {
        let sheet = data(&format!(
            "<row r='1'><c r='A1'><v>5</v></c><c r='B1'>{cell}</c><c r='C1'><v>1</v></c></row>"
        ));
        let rows = rows(&read::read(&book(workbook, &sheet, "")).unwrap());
        assert_eq!(rows, [["5", shown, "1"]], "{workbook} {cell}");
    }
}

fn open_document(styles: &str, body: &str) -> Source {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    );
    read::read(&zipped(&[("content.xml", content.as_str())])).unwrap()
}

#[test]
fn hidden_parts_of_open_documents_are_left_out() {
    let styles = "<style:style style:name='H' style:family='text'><style:text-properties text:display='none'/></style:style>\
        <style:style style:name='W' style:family='text'><style:text-properties fo:color='#ffffff'/></style:style>\
        <style:style style:name='S' style:family='text'><style:text-properties style:text-line-through-style='solid'/></style:style>\
        <style:style style:name='D' style:family='table-cell'><style:table-cell-properties fo:background-color='#1f3864'/></style:style>\
        <style:style style:name='F' style:family='table-row'><style:table-row-properties style:row-height='0cm'/></style:style>\
        <style:style style:name='G' style:family='table'><style:table-properties table:display='false'/></style:style>";
    let cell = |attributes: &str, content: &str| {
        format!("<table:table-cell {attributes}>{content}</table:table-cell>")
    };
    let plain = |text: &str| cell("", &format!("<text:p>{text}</text:p>"));
    let sheet = |rows: &str| {
        open_document(
            styles,
            &format!(
                "<office:spreadsheet><table:table table:name='a'>{rows}</table:table></office:spreadsheet>"
            ),
        )
    };
    for hidden in [
        "table:visibility='collapse'",
        "table:visibility='filter'",
        "table:style-name='F'",
    ] {
        let source = sheet(&format!(
            "<table:table-row {hidden}>{}{}</table:table-row><table:table-row>{}{}</table:table-row>",
            plain("规章"),
            plain("99"),
            plain("规章"),
            plain("23")
        ));
        assert_eq!(rows(&source), [["规章", "23"]], "{hidden}");
    }
    let source = sheet(&format!(
        "<table:table-column/><table:table-column table:visibility='collapse'/><table:table-column/><table:table-row>{}{}{}</table:table-row>",
        plain("规章"),
        plain("99"),
        plain("23")
    ));
    assert_eq!(rows(&source), [["规章", "23"]]);
    let unread = "□".to_owned();
    for (content, wanted) in [
        (
            "<text:p><text:span text:style-name='H'>9</text:span>23</text:p>",
            "23",
        ),
        (
            "<text:p><text:span text:style-name='W'>9</text:span>23</text:p>",
            "23",
        ),
        (
            "<text:p><text:span text:style-name='S'>9</text:span>23</text:p>",
            "23",
        ),
        (
            "<text:p><text:hidden-text text:is-hidden='true'>9</text:hidden-text>23</text:p>",
            "23",
        ),
        ("<text:p><draw:control draw:control='c'/></text:p>", &unread),
        ("<draw:frame><draw:image/></draw:frame>", &unread),
        (
            "<text:list><text:list-item><text:p/></text:list-item></text:list>",
            &unread,
        ),
    ] {
        let source = sheet(&format!(
            "<table:table-row>{}{}</table:table-row>",
            plain("规章"),
            cell("", content)
        ));
        assert_eq!(rows(&source), [["规章", wanted]], "{content}");
    }
    let white = "<text:p><text:span text:style-name='W'>9</text:span></text:p>";
    let source = sheet(&format!(
        "<table:table-row>{}{}</table:table-row>",
        plain("规章"),
        cell("table:style-name='D'", white)
    ));
    assert_eq!(rows(&source), [["规章", "9"]]);
    for (attributes, wanted) in [
        ("table:formula='of:=1+1'", unread.as_str()),
        ("table:formula='of:=\"\"' office:value-type='string'", ""),
    ] {
        let source = sheet(&format!(
            "<table:table-row>{}{}{}</table:table-row>",
            plain("规章"),
            cell(attributes, ""),
            plain("1")
        ));
        assert_eq!(rows(&source), [["规章", wanted, "1"]], "{attributes}");
    }
    // A sheet that is not shown is told.
    let hidden = "<office:spreadsheet><table:table table:name='隐' table:style-name='G'><table:table-row><table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table><table:table table:name='a'><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>";
    let source = open_document(styles, hidden);
    assert_eq!(
        (rows(&source), source.remarks.len()),
        (vec![vec!["1".to_owned()]], 1)
    );
    // So is a part of a text that is not shown, but without a word: it was never meant to be read.
    let source = open_document(
        styles,
        "<office:text><text:section text:display='none'><text:p>隐</text:p></text:section><text:p>显</text:p></office:text>",
    );
    assert_eq!(source.parts.len(), 1);
}

#[test]
fn numbers_of_lists_are_read_as_they_are_printed() {
    let level =
        |at: usize, rest: &str| format!("<text:list-level-style-number text:level='{at}' {rest}/>");
    let styles = format!(
        "<style:style style:family='paragraph' style:name='P' style:list-style-name='L2'/>\
         <text:list-style style:name='L1'>{}{}</text:list-style><text:list-style style:name='L2'>{}</text:list-style>\
         <text:list-style style:name='L3'><text:list-level-style-bullet text:level='1' text:bullet-char='•'/></text:list-style>\
         <text:list-style style:name='L4'>{}</text:list-style>",
        level(
            1,
            "style:num-format='一, 二, 三, ...' style:num-suffix='、'"
        ),
        level(
            2,
            "style:num-format='1' style:num-prefix='（' style:num-suffix='）' text:display-levels='2'"
        ),
        level(
            1,
            "style:num-format='1' loext:num-list-format='第%1%条' text:start-value='3'"
        ),
        level(1, "style:num-format='?, ??'"),
    );
    let item = |inside: &str| format!("<text:list-item>{inside}</text:list-item>");
    let p = |words: &str| format!("<text:p>{words}</text:p>");
    let list = |attributes: &str, items: &[String]| {
        format!("<text:list {attributes}>{}</text:list>", items.concat())
    };
    let inner = list("", &[item(&p("丙")), item(&p("丁"))]);
    let second = p("再一段");
    let body = [
        list(
            "text:style-name='L1' xml:id='a'",
            &[item(&p("甲")), item(&(p("乙") + &second + &inner))],
        ),
        p("不在里面"),
        list(
            "text:style-name='L1' text:continue-numbering='true'",
            &[item(&p("戊"))],
        ),
        list("text:style-name='L1'", &[item(&p("己"))]),
        list(
            "",
            &[
                item("<text:p text:style-name='P'>庚</text:p>"),
                item("<text:p text:style-name='P'>辛</text:p>"),
            ],
        ),
        list("text:style-name='L3'", &[item(&p("壬"))]),
        list("text:style-name='L4'", &[item(&p("癸"))]),
        list("text:continue-list='a'", &[]),
    ];
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{}\
         </office:text></office:body></office:document-content>",
        body.concat()
    );
    let source = read::read(&zipped(&[("content.xml", content.as_str())])).unwrap();
    let texts: Vec<&str> = source.parts.iter().filter_map(|part| part.text()).collect();
    assert_eq!(
        texts,
        [
            "一、甲",
            "二、乙",
            "再一段",
            "（二.1）丙",
            "（二.2）丁",
            "不在里面",
            "三、戊",
            "一、己",
            "第3条庚",
            "第4条辛",
            "壬",
            "□癸"
        ]
    );
    assert_eq!(source.remarks.len(), 1, "{:?}", source.remarks);
}

/// What stands in boxes over a sheet is in no cell, and is told; over a blank cell a number is unread.
#[test]
fn boxes_over_a_sheet_are_told() {
    let boxed = |words: &str, attributes: &str| {
        zipped(&[
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name='a' r:id='r'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<R><Relationship Id='r' Target='worksheets/sheet1.xml'/></R>",
            ),
            (
                "xl/worksheets/sheet1.xml",
                &format!(
                    "<worksheet>{}</worksheet>",
                    data("<row r='1'><c r='A1'><v>7</v></c><c r='C1'><v>8</v></c></row>")
                ),
            ),
            (
                "xl/worksheets/_rels/sheet1.xml.rels",
                "<R><Relationship Id='d' Target='../drawings/drawing4.xml'/></R>",
            ),
            (
                "xl/drawings/drawing4.xml",
                &format!(
                    "<wsDr><twoCellAnchor><from><col>1</col><colOff>9</colOff><row>0</row></from><sp>\
                     <cNvPr name='t' {attributes}/><txBody><p><r><t>{words}</t></r></p></txBody></sp></twoCellAnchor></wsDr>"
                ),
            ),
        ])
    };
    let read = |words: &str, attributes: &str| {
        let source = read::read(&boxed(words, attributes)).unwrap();
        (rows(&source)[0].clone(), source.remarks)
    };
    let told = |words: &str| vec![nianbao::import::Remark::TextBox(words.to_owned())];
    assert_eq!(
        read("31", ""),
        (["7", "□", "8"].map(str::to_owned).to_vec(), told("31"))
    );
    assert_eq!(
        read("注：含3家单位", ""),
        (
            ["7", "", "8"].map(str::to_owned).to_vec(),
            told("注：含3家单位")
        )
    );
    assert_eq!(
        read("31", "hidden='1'"),
        (["7", "", "8"].map(str::to_owned).to_vec(), vec![])
    );
}

#[test]
fn a_text_without_a_paragraph_is_shown_and_a_variable_may_be_not() {
    let cell = |content: &str| {
        let body =
            format!("<spreadsheet><table><table-row>{content}</table-row></table></spreadsheet>");
        rows(&open_document("", &body))[0].clone()
    };
    assert_eq!(
        cell("<table-cell value-type='string' string-value='37'/>"),
        ["37"]
    );
    let both = "<table-cell value-type='string' string-value='37'><p>38</p></table-cell>";
    assert_eq!(cell(both), ["38"]);
    let hidden = "<table-cell value-type='string'><p><variable-set display='none'>9</variable-set>38</p></table-cell>";
    assert_eq!(cell(hidden), ["38"]);
    let shown =
        "<table-cell value-type='string'><p><variable-set>3</variable-set>8</p></table-cell>";
    assert_eq!(cell(shown), ["38"]);
}
