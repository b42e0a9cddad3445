//! Making the folder: written whole under a passing name, each file read back from there and held against the report, and
//! only then given its name. Whatever goes wrong on the way leaves nothing behind.

use super::manifest::{FileEntry, FileKind, MANIFEST, Manifest};
use super::sheet::{SHEET, sheet};
use crate::check::{self, Evaluation};
use crate::export::typeset::Faces;
use crate::export::{self, Document, Format, WriteError};
use crate::report::Report;
use crate::{disk, draft, import, verify};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Why there is no folder; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
pub enum HandinError {
    /// Something has that name already.
    #[error("没有交件：已经有这个文件夹（或文件），没有动它；请换一个名字，或先把它移走\n文件夹：{}", .0.display())]
    Exists(PathBuf),
    /// The file system said no.
    #[error("没有交件：{}。年报本身没有受影响，请换一个位置再试\n位置：{}", disk::io_reason(.source), path.display())]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// A format has no room for this report.
    #[error("没有交件：{0}")]
    Write(#[from] WriteError),
    /// A file was read back and says something else.
    #[error(
        "没有交件：“{file}”写好后读回来核对，有 {count} 处不同（{first}），没有留下文件夹。请先用“导出”看看这一种文件，再试一次"
    )]
    Differs {
        /// The file's name.
        file: String,
        /// How much differs.
        count: usize,
        /// The first of it.
        first: String,
    },
    /// Nobody wants it any more.
    #[error("已取消，没有留下文件夹")]
    GivenUp,
}

/// What was handed in.
#[derive(Debug)]
pub struct HandedIn {
    /// The folder.
    pub folder: PathBuf,
    /// The files in it, the manifest last.
    pub files: Vec<PathBuf>,
    /// What the clerk must know of them.
    pub remarks: Vec<String>,
}

/// The usual name of the folder.
pub fn folder_name(report: &Report) -> String {
    format!("{}（交件）", export::file_stem(report))
}

/// Makes the folder. Before each file `goes_on` is told its name, and says whether it is still wanted.
///
/// # Errors
/// If it is there already, cannot be written, or a file in it does not say what the report says; then nothing is left.
pub fn make(
    report: &Report,
    folder: &Path,
    faces: &Faces,
    goes_on: &mut dyn FnMut(&str) -> bool,
) -> Result<HandedIn, HandinError> {
    if !is_free(folder) {
        return Err(HandinError::Exists(folder.to_owned()));
    }
    let evaluation = check::evaluate(report);
    let mut making = Making {
        passing: passing_folder(folder)?,
        files: Vec::new(),
        remarks: Vec::new(),
        goes_on,
    };
    making.reports(report, &evaluation, faces)?;
    making.draft(report)?;
    making.sheets(report, &evaluation, faces)?;
    making.manifest(&Manifest::new(report, &evaluation, making.files.clone()))?;
    let mut files: Vec<PathBuf> = making
        .files
        .iter()
        .map(|file| folder.join(&file.name))
        .collect();
    files.push(folder.join(MANIFEST));
    let remarks = std::mem::take(&mut making.remarks);
    making.finish(folder)?;
    Ok(HandedIn {
        folder: folder.to_owned(),
        files,
        remarks,
    })
}

/// Whether a folder may be made there: nothing is there, or an empty folder.
fn is_free(folder: &Path) -> bool {
    match fs::symlink_metadata(folder) {
        Ok(_) => fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none()),
        Err(_) => true,
    }
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> HandinError {
    let path = path.to_owned();
    |source| HandinError::Io { path, source }
}

/// A folder under a passing name beside the one that is wanted; it vanishes with all that is in it unless it is renamed.
fn passing_folder(folder: &Path) -> Result<TempDir, HandinError> {
    let parent = folder.parent().filter(|at| !at.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nianbao-").suffix(".tmp");
    // Temporary folders are private by default; this one is handed on.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent).map_err(io_at(parent))
}

/// A folder that is being made.
struct Making<'a> {
    passing: TempDir,
    files: Vec<FileEntry>,
    remarks: Vec<String>,
    goes_on: &'a mut dyn FnMut(&str) -> bool,
}

impl Making<'_> {
    /// The report in every official format.
    fn reports(
        &mut self,
        report: &Report,
        evaluation: &Evaluation,
        faces: &Faces,
    ) -> Result<(), HandinError> {
        let document = Document::new(report, evaluation, &draft::digest(report), true);
        for format in Format::OFFICIAL {
            let name = export::file_name(report, format);
            self.document(&document, format, &name, FileKind::Report, faces)?;
        }
        Ok(())
    }

    /// The draft as the program saves it.
    fn draft(&mut self, report: &Report) -> Result<(), HandinError> {
        let name = format!("{}.{}", export::file_stem(report), draft::EXTENSION);
        self.ask(&name)?;
        let path = self.put(&name, draft::to_text(report).as_bytes())?;
        let read = draft::open(&path);
        let differs = |first: String| HandinError::Differs {
            file: name.clone(),
            count: 1,
            first,
        };
        match read {
            Ok(read) if read == *report => self.list(&name, FileKind::Draft, &path),
            Ok(_) => Err(differs("内容".to_owned())),
            Err(why) => Err(differs(why.what.to_string())),
        }
    }

    /// 审核情况表, with the SHA-256 of all files so far.
    fn sheets(
        &mut self,
        report: &Report,
        evaluation: &Evaluation,
        faces: &Faces,
    ) -> Result<(), HandinError> {
        let document = sheet(report, evaluation, &self.files);
        for format in [Format::Docx, Format::Pdf] {
            let name = format!("{SHEET}.{}", format.name());
            self.document(&document, format, &name, FileKind::Sheet, faces)?;
        }
        Ok(())
    }

    /// Writes a document, reads it back and holds it against what it was written from.
    fn document(
        &mut self,
        document: &Document,
        format: Format,
        name: &str,
        kind: FileKind,
        faces: &Faces,
    ) -> Result<(), HandinError> {
        self.ask(name)?;
        let written = format.write_document(document, faces)?;
        if let Some(remark) = written.remark()
            && !self.remarks.contains(&remark)
        {
            self.remarks.push(remark);
        }
        let path = self.put(name, &written.bytes)?;
        let differs = |count: usize, first: String| HandinError::Differs {
            file: name.to_owned(),
            count,
            first,
        };
        let source = import::source_of(&path).map_err(|why| differs(1, why.why.to_string()))?;
        let verified = verify::verify(document, &source);
        if let Some(first) = verified.differences.first() {
            return Err(differs(verified.differences.len(), first.to_string()));
        }
        if verified.same_draft != Some(true) {
            return Err(differs(1, "文件里的草稿 SHA-256".to_owned()));
        }
        self.list(name, kind, &path)
    }

    /// The manifest.
    fn manifest(&mut self, manifest: &Manifest) -> Result<(), HandinError> {
        self.ask(MANIFEST)?;
        let path = self.put(MANIFEST, manifest.to_json().as_bytes())?;
        let text = fs::read_to_string(&path).map_err(io_at(&path))?;
        match Manifest::from_json(&text) {
            Ok(read) if read == *manifest => Ok(()),
            _ => Err(HandinError::Differs {
                file: MANIFEST.to_owned(),
                count: 1,
                first: "内容".to_owned(),
            }),
        }
    }

    fn ask(&mut self, name: &str) -> Result<(), HandinError> {
        match (self.goes_on)(name) {
            true => Ok(()),
            false => Err(HandinError::GivenUp),
        }
    }

    /// Writes a file; it is on disk when this returns.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, HandinError> {
        let path = self.passing.path().join(name);
        let write = || -> io::Result<()> {
            let mut file = File::create_new(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(io_at(&path))?;
        Ok(path)
    }

    /// Takes a file into the list, as it lies on disk.
    fn list(&mut self, name: &str, kind: FileKind, path: &Path) -> Result<(), HandinError> {
        let bytes = fs::read(path).map_err(io_at(path))?;
        self.files.push(FileEntry {
            name: name.to_owned(),
            kind,
            sha256: disk::sha256(&bytes),
            bytes: bytes.len(),
        });
        Ok(())
    }

    /// Gives the folder its name.
    fn finish(self, folder: &Path) -> Result<(), HandinError> {
        if !is_free(folder) {
            return Err(HandinError::Exists(folder.to_owned()));
        }
        // An empty folder of that name is in the way of some systems.
        let _ = fs::remove_dir(folder);
        let passing = self.passing.keep();
        let renamed = fs::rename(&passing, folder);
        renamed.map_err(|source| {
            let _ = fs::remove_dir_all(&passing);
            HandinError::Io {
                path: folder.to_owned(),
                source,
            }
        })
    }
}
